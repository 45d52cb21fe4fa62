// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

/// An IP family, spelled as in `spec.ipFamilies`.
public enum IpFamily {
  IPV4("IPv4"),
  IPV6("IPv6");

  private final String text;

  IpFamily(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
