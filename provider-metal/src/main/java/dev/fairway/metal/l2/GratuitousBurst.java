// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.l2.ArpPacket.Operation;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.util.List;

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

  /// The frames of one round. Both forms, because some hosts renew an entry only on a request and
  /// others only on a reply (RFC 5227 section 3 prefers the request).
  static List<EthernetFrame> frames(IpAddress vip, MacAddress mac) {
    return List.of(
        new EthernetFrame(
            MacAddress.BROADCAST,
            mac,
            new ArpPacket(Operation.REQUEST, mac, vip, MacAddress.ZERO, vip)),
        new EthernetFrame(
            MacAddress.BROADCAST, mac, new ArpPacket(Operation.REPLY, mac, vip, mac, vip)));
  }
}
