// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.l2.NdpMessage.Advertisement;
import dev.fairway.metal.l2.NdpMessage.Solicitation;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.util.Optional;
import java.util.Set;

/// Decides which solicitations are answered: questions to the group of a VIP of ours, checks that
/// come by unicast, and probes from `::`, so that nobody else takes the address. To all else the
/// answer is silence.
final class NdpResponder {

  private NdpResponder() {}

  /// The answer to a frame, if it gets one.
  ///
  /// @param vips the addresses that are announced on the interface the frame came in
  /// @param mac the Ethernet address of that interface
  static Optional<NdpFrame> reply(NdpFrame frame, Set<IpAddress> vips, MacAddress mac) {
    return frame.message() instanceof Solicitation(var target, var sourceMac)
            && vips.contains(target)
            && isAsked(frame, target, mac)
        // A check by unicast may leave out the option (RFC 4861 section 4.3).
        ? reply(frame, target, sourceMac.orElse(frame.source()), mac)
        : Optional.empty();
  }

  private static boolean isAsked(NdpFrame frame, IpAddress target, MacAddress mac) {
    IpAddress group = Ipv6Groups.solicitedNode(target);
    boolean byGroup =
        frame.to().equals(group)
            // A question to a group may come by unicast (RFC 6085).
            && (frame.destination().equals(Ipv6Groups.mac(group))
                || frame.destination().equals(mac));
    boolean byUnicast = frame.to().equals(target) && frame.destination().equals(mac);
    return byGroup || byUnicast;
  }

  private static Optional<NdpFrame> reply(
      NdpFrame frame, IpAddress target, MacAddress asker, MacAddress mac) {
    // A forged group address as sender would have the answer sent to everybody.
    boolean fromStation = asker.isStation() && frame.source().isStation();
    boolean own = asker.equals(mac) || frame.source().equals(mac);
    // Whoever asks as the VIP does not ask, but claims it.
    boolean claim = frame.from().equals(target);
    if (!fromStation || own || claim) {
      return Optional.empty();
    }
    boolean probe = frame.from().equals(Ipv6Groups.UNSPECIFIED);
    return Optional.of(
        new NdpFrame(
            probe ? Ipv6Groups.mac(Ipv6Groups.ALL_NODES) : asker,
            mac,
            /* from= */ target,
            probe ? Ipv6Groups.ALL_NODES : frame.from(),
            new Advertisement(
                target,
                /* router= */ false,
                /* solicited= */ !probe,
                /* override= */ true,
                Optional.of(mac))));
  }
}
