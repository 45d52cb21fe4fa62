// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

/// From where a load balancer can be reached.
public enum Scheme {
  INTERNAL("internal"),
  INTERNET_FACING("internet-facing");

  private final String text;

  Scheme(String text) {
    this.text = text;
  }

  /// As ELBv2 and the annotations write it.
  @Override
  public String toString() {
    return text;
  }
}
