// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

/// The two address families, with the length of their addresses in bits.
public enum Family {
  IPV4(32),
  IPV6(128);

  private final int bits;

  Family(int bits) {
    this.bits = bits;
  }

  /// 32 or 128.
  public int bits() {
    return bits;
  }

  @Override
  public String toString() {
    return this == IPV4 ? "IPv4" : "IPv6";
  }
}
