// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/// The multicast groups of neighbour discovery (RFC 4291 section 2.7.1).
final class Ipv6Groups {

  /// `::`, the source of those who have no address yet.
  static final IpAddress UNSPECIFIED = IpAddress.of("::");

  static final IpAddress ALL_NODES = IpAddress.of("ff02::1");

  private static final IpAddress SOLICITED_NODE = IpAddress.of("ff02::1:ff00:0");
  private static final long LOWEST_24_BITS = 0xFF_FFFFL;
  private static final long IPV6_MULTICAST = 0x3333_0000_0000L; // RFC 2464 section 7

  private Ipv6Groups() {}

  /// The group in which others ask for the address. Addresses with the same last 24 bits share one.
  static IpAddress solicitedNode(IpAddress address) {
    return new IpAddress(
        Family.IPV6,
        SOLICITED_NODE.high(),
        SOLICITED_NODE.low() | (address.low() & LOWEST_24_BITS));
  }

  /// The groups in which others ask for those of the addresses that are IPv6.
  static Set<IpAddress> solicitedNodes(Collection<IpAddress> addresses) {
    return addresses.stream()
        .filter(address -> address.family() == Family.IPV6)
        .map(Ipv6Groups::solicitedNode)
        .collect(Collectors.toSet());
  }

  static boolean isSolicitedNode(IpAddress address) {
    return address.high() == SOLICITED_NODE.high()
        && (address.low() & ~LOWEST_24_BITS) == SOLICITED_NODE.low();
  }

  static boolean isMulticast(IpAddress address) {
    return address.high() >>> 56 == 0xFF;
  }

  /// The Ethernet address that frames to the group go to.
  static MacAddress mac(IpAddress group) {
    return new MacAddress(IPV6_MULTICAST | (group.low() & 0xFFFF_FFFFL));
  }
}
