// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

/// `IpAddressType` of a load balancer.
public enum AddressType {
  IPV4("ipv4"),
  DUALSTACK("dualstack");

  private final String text;

  AddressType(String text) {
    this.text = text;
  }

  /// As ELBv2 and the annotations write it.
  @Override
  public String toString() {
    return text;
  }
}
