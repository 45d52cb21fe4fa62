// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;

/// An address that an interface has, and the network it is in.
///
/// @param prefixLength 0 to 32, or to 128 for IPv6
public record InterfaceAddress(IpAddress address, int prefixLength) {

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
