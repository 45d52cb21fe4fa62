// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import dev.fairway.metal.net.InterfaceAddress;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// Where a message to a node is sent.
final class Destinations {
  /// All nodes of a link, RFC 4291 section 2.7.1.
  private static final IpAddress ALL_NODES = IpAddress.of("ff02::1");

  private Destinations() {}

  /// The group of all nodes, on no link in particular.
  static InetAddress everybody() {
    return inet(ALL_NODES, 0);
  }

  static InetAddress unicast(IpAddress address) {
    return inet(address, 0);
  }

  /// To everybody on each link that the address is on: so it arrives without the kernel having to
  /// know the Ethernet address of the node.
  static List<InetAddress> everywhere(IpAddress address, Collection<Link> links) {
    return links.stream().flatMap(link -> onLink(address, link)).distinct().toList();
  }

  private static Stream<InetAddress> onLink(IpAddress address, Link link) {
    var subnets =
        link.addresses().stream()
            .filter(own -> own.address().family() == address.family())
            .filter(own -> own.prefixLength() > 0 && own.subnet().contains(address));
    return address.family() == Family.IPV4
        ? subnets
            .filter(own -> own.prefixLength() < 31) // RFC 3021: two hosts, no broadcast
            .map(own -> inet(broadcast(own), 0))
        : subnets.limit(1).map(_ -> inet(ALL_NODES, link.index()));
  }

  private static IpAddress broadcast(InterfaceAddress own) {
    var hosts = BigInteger.ONE.shiftLeft(32 - own.prefixLength()).intValue() - 1;
    return IpAddress.ofIpv4Bits(own.address().ipv4Bits() | hosts);
  }

  private static InetAddress inet(IpAddress address, int scope) {
    try {
      if (address.family() == Family.IPV4) {
        return InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(address.ipv4Bits()).array());
      }
      var bytes = ByteBuffer.allocate(16).putLong(address.high()).putLong(address.low()).array();
      return scope == 0
          ? InetAddress.getByAddress(bytes)
          : Inet6Address.getByAddress(null, bytes, scope);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 bytes is one", e);
    }
  }
}
