// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

/// What is registered as a target.
public enum TargetType {
  /// Nodes, by instance id, at the node port.
  INSTANCE("instance"),
  /// Pods, by address, at the port of the container.
  IP("ip");

  private final String text;

  TargetType(String text) {
    this.text = text;
  }

  /// As ELBv2 and the annotations write it.
  @Override
  public String toString() {
    return text;
  }
}
