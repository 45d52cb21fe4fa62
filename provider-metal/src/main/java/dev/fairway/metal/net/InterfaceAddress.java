// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;

/// An address that an interface has, and the network it is in.
///
/// @param prefixLength 0 to 32, or to 128 for IPv6
public record InterfaceAddress(IpAddress address, int prefixLength) {

  private static final IpRange LINK_LOCAL_V4 =
      IpRange.ofPrefix(IpAddress.of("169.254.0.0"), 16); // RFC 3927
  private static final IpRange LINK_LOCAL_V6 =
      IpRange.ofPrefix(IpAddress.of("fe80::"), 10); // RFC 4291 section 2.5.6

  /// Whether it means nothing beyond its link.
  public boolean isLinkLocal() {
    return switch (address.family()) {
      case IPV4 -> LINK_LOCAL_V4.contains(address);
      case IPV6 -> LINK_LOCAL_V6.contains(address);
    };
  }

  /// The addresses that are reached on this link without a router.
  public IpRange subnet() {
    return IpRange.ofPrefix(address, prefixLength);
  }

  /// For example `10.13.240.11/22`.
  @Override
  public String toString() {
    return address + "/" + prefixLength;
  }
}
