// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.l2.ArpPacket.Operation;
import dev.fairway.metal.l2.NdpMessage.Advertisement;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a node sends when it takes a VIP, so that neighbours and switches forget the node that had
/// it. Several times, because nobody confirms it and the link may have come up a moment ago.
final class GratuitousBurst {

  /// When to send, after the claim. Dense at first, for a short interruption; the later ones are
  /// for ports that a switch opens late.
  static final List<Duration> OFFSETS =
      List.of(
          Duration.ZERO,
          Duration.ofMillis(100),
          Duration.ofMillis(500),
          Duration.ofMillis(1_100),
          Duration.ofMillis(2_200),
          Duration.ofMillis(4_400));

  private GratuitousBurst() {}

  /// The one frame of a round, counted from 0. IPv4 takes turns with both forms of gratuitous ARP,
  /// because some hosts renew an entry only on a request and others only on a reply (RFC 5227
  /// section 3 prefers the request); IPv6 sends the unsolicited advertisement of RFC 4861 section
  /// 7.2.6.
  static Frame frame(IpAddress vip, MacAddress mac, int round) {
    return switch (vip.family()) {
      case IPV4 -> round % 2 == 0 ? request(vip, mac) : reply(vip, mac);
      case IPV6 -> advertisement(vip, mac);
    };
  }

  private static Frame request(IpAddress vip, MacAddress mac) {
    return new ArpFrame(
        MacAddress.BROADCAST,
        mac,
        new ArpPacket(Operation.REQUEST, mac, vip, MacAddress.ZERO, vip));
  }

  private static Frame reply(IpAddress vip, MacAddress mac) {
    return new ArpFrame(
        MacAddress.BROADCAST, mac, new ArpPacket(Operation.REPLY, mac, vip, mac, vip));
  }

  private static Frame advertisement(IpAddress vip, MacAddress mac) {
    return new NdpFrame(
        Ipv6Groups.mac(Ipv6Groups.ALL_NODES),
        mac,
        /* from= */ vip,
        Ipv6Groups.ALL_NODES,
        new Advertisement(
            vip,
            /* router= */ false,
            /* solicited= */ false,
            /* override= */ true,
            Optional.of(mac)));
  }
}
