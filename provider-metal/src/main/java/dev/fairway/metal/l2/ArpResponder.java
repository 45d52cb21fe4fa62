// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.l2.ArpPacket.Operation;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.util.Optional;
import java.util.Set;

/// Decides which frames are answered: requests for a VIP of ours, also probes (RFC 5227), so that
/// nobody else takes the address. To all else the answer is silence.
final class ArpResponder {

  private ArpResponder() {}

  /// The answer to a frame, if it gets one.
  ///
  /// @param vips the addresses that are announced on the interface the frame came in
  /// @param mac the Ethernet address of that interface
  static Optional<ArpFrame> reply(ArpFrame frame, Set<IpAddress> vips, MacAddress mac) {
    ArpPacket request = frame.arp();
    boolean toUs =
        frame.destination().equals(mac) || frame.destination().equals(MacAddress.BROADCAST);
    // A forged group address as sender would have the answer sent to everybody.
    boolean fromStation = request.senderMac().isStation() && !request.senderMac().equals(mac);
    // Sender and target alike: not a question but an announcement, by the node that takes over or
    // by an intruder.
    boolean announcement = request.sender().equals(request.target());
    if (request.operation() != Operation.REQUEST
        || !toUs
        || !fromStation
        || frame.source().equals(mac)
        || announcement
        || !vips.contains(request.target())) {
      return Optional.empty();
    }
    return Optional.of(
        new ArpFrame(
            request.senderMac(),
            mac,
            new ArpPacket(
                Operation.REPLY,
                /* senderMac= */ mac,
                /* sender= */ request.target(),
                /* targetMac= */ request.senderMac(),
                /* target= */ request.sender())));
  }
}
