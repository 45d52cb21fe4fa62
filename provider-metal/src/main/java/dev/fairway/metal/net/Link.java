// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import dev.fairway.metal.pool.IpAddress;
import java.util.List;

/// A network interface as it was at one moment.
///
/// @param index the kernel's number for it; never used again while the machine runs in one
///   namespace
/// @param mac its Ethernet address, [MacAddress#ZERO] if it has none
/// @param speaksArp whether it is an Ethernet interface on which ARP is not switched off
/// @param running whether it is up and has a carrier
/// @param carrierChanges how often the carrier came or went; tells a short interruption that was
///   over before anybody looked
/// @param addresses what it has of both families, in the kernel's order
public record Link(
    int index,
    String name,
    MacAddress mac,
    boolean speaksArp,
    boolean running,
    int carrierChanges,
    List<InterfaceAddress> addresses) {

  public Link {
    addresses = List.copyOf(addresses);
  }

  Link with(List<InterfaceAddress> others) {
    return new Link(index, name, mac, speaksArp, running, carrierChanges, others);
  }

  /// True if a frame could be sent and answered here now.
  public boolean isUsable() {
    return speaksArp && running && mac.isStation();
  }

  /// True if it has an address that is of more than this link.
  public boolean hasSubnet() {
    return addresses.stream().anyMatch(own -> !own.isLinkLocal());
  }

  /// True if a neighbour on this link would look for `address` here and not behind a router.
  public boolean isOnLink(IpAddress address) {
    return addresses.stream().anyMatch(own -> own.subnet().contains(address));
  }
}
