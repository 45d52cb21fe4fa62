// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import java.util.List;

/// What the kernel of a node does with an address and with those who ask for it.
///
/// @param holders the interfaces that have the address; a VIP of ours is on none
/// @param ipvs whether IPVS serves it, so that kube-proxy runs in that mode
/// @param defaultRoutes the interfaces by which everybody is reached who is on no link, in the
///   family of the address
/// @param reversePathDrops how many packets were dropped since the node started because their
///   sender is not reached by where they came from
/// @param noRouteDrops how many because there is no route at all
/// @param links the interfaces on which the address would be announced
public record KernelLook(
    List<String> holders,
    boolean ipvs,
    List<String> defaultRoutes,
    long reversePathDrops,
    long noRouteDrops,
    List<LinkLook> links) {

  /// An interface. The three settings are those that count: the higher one of the interface's and
  /// that of `all`; 0 for IPv6, which does not have them.
  ///
  /// @param subnets in text, such as `10.13.240.0/22`
  /// @param arpIgnore 0 if the kernel answers ARP for any address that it has, on whatever
  ///   interface
  /// @param arpAnnounce 0 if it asks others under any address that it has
  /// @param rpFilter 1 if packets are dropped whose sender is not reached by this interface, 2 if
  ///   by none
  public record LinkLook(
      String name, String mac, List<String> subnets, int arpIgnore, int arpAnnounce, int rpFilter) {
    public LinkLook {
      subnets = List.copyOf(subnets);
    }
  }

  public KernelLook {
    holders = List.copyOf(holders);
    defaultRoutes = List.copyOf(defaultRoutes);
    links = List.copyOf(links);
  }
}
