// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.l2.ArpPacket.Operation;
import dev.fairway.metal.l2.NdpMessage.Solicitation;
import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.util.Optional;

/// The question whether somebody has an address that changes no neighbour's cache: the ARP probe of
/// RFC 5227 section 1.1, the solicitation from `::` of RFC 4862 section 5.4.2.
final class ProbeFrame {

  private static final IpAddress NO_IPV4 = IpAddress.of("0.0.0.0");

  private ProbeFrame() {}

  static Frame of(IpAddress address, MacAddress mac) {
    return switch (address.family()) {
      case IPV4 ->
          new ArpFrame(
              MacAddress.BROADCAST,
              mac,
              new ArpPacket(Operation.REQUEST, mac, NO_IPV4, MacAddress.ZERO, address));
      case IPV6 -> {
        IpAddress group = Ipv6Groups.solicitedNode(address);
        yield new NdpFrame(
            Ipv6Groups.mac(group),
            mac,
            Ipv6Groups.UNSPECIFIED,
            group,
            new Solicitation(address, Optional.empty()));
      }
    };
  }
}
