// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.l2.ArpPacket.Operation;
import dev.fairway.metal.l2.NdpMessage.Advertisement;
import dev.fairway.metal.l2.NdpMessage.Solicitation;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.util.Optional;

/// What a frame says about who has an address.
///
/// @param mac of the station that has it, or would like to
/// @param kind how sure the station is of it
record Sighting(IpAddress address, MacAddress mac, Kind kind) {

  enum Kind {
    /// The station uses the address.
    CLAIM,
    /// The station asks whether somebody has it, in order to use it (RFC 5227, RFC 4862).
    PROBE
  }

  private static final IpAddress NO_IPV4 = IpAddress.of("0.0.0.0");

  static Optional<Sighting> in(Frame frame) {
    return switch (frame) {
      case ArpFrame arp -> in(arp.arp());
      case NdpFrame ndp -> in(ndp);
    };
  }

  private static Optional<Sighting> in(ArpPacket arp) {
    if (!arp.sender().equals(NO_IPV4)) {
      return Optional.of(new Sighting(arp.sender(), arp.senderMac(), Kind.CLAIM));
    }
    return arp.operation() == Operation.REQUEST
        ? Optional.of(new Sighting(arp.target(), arp.senderMac(), Kind.PROBE))
        : Optional.empty();
  }

  private static Optional<Sighting> in(NdpFrame frame) {
    MacAddress sender = frame.source();
    return switch (frame.message()) {
      case Advertisement told ->
          Optional.of(new Sighting(told.target(), told.targetMac().orElse(sender), Kind.CLAIM));
      case Solicitation(var target, var sourceMac) ->
          Optional.of(
              frame.from().equals(Ipv6Groups.UNSPECIFIED)
                  ? new Sighting(target, sender, Kind.PROBE)
                  : new Sighting(frame.from(), sourceMac.orElse(sender), Kind.CLAIM));
    };
  }
}
