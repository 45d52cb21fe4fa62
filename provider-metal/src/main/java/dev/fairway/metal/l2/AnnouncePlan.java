// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.Link;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Which VIPs go to which interface.
///
/// @param onLink the addresses for each interface that has any; only usable interfaces
/// @param nowhere why a VIP goes to no interface
record AnnouncePlan(Map<Link, Set<IpAddress>> onLink, Map<IpAddress, String> nowhere) {

  static AnnouncePlan of(Collection<Link> links, Collection<AnnouncedVip> vips) {
    Map<Link, Set<IpAddress>> onLink = new LinkedHashMap<>();
    Set<IpAddress> somewhere = new HashSet<>();
    // A link for each pod and a thousand VIPs: what is done for each pair must cost nothing.
    for (Link link : links) {
      Set<IpAddress> here = link.isUsable() ? on(link, vips) : Set.of();
      if (!here.isEmpty()) {
        onLink.put(link, here);
        somewhere.addAll(here);
      }
    }
    Map<IpAddress, String> nowhere = new HashMap<>();
    for (AnnouncedVip vip : vips) {
      if (!somewhere.contains(vip.address())) {
        nowhere.put(
            vip.address(), why(vip, links.stream().filter(link -> wants(vip, link)).toList()));
      }
    }
    return new AnnouncePlan(onLink, nowhere);
  }

  private static Set<IpAddress> on(Link link, Collection<AnnouncedVip> vips) {
    Set<IpAddress> here = new HashSet<>();
    for (AnnouncedVip vip : vips) {
      if (wants(vip, link)) {
        here.add(vip.address());
      }
    }
    return here;
  }

  /// The addresses of one family for an interface.
  Set<IpAddress> on(Link link, Family family) {
    return onLink.getOrDefault(link, Set.of()).stream()
        .filter(address -> address.family() == family)
        .collect(Collectors.toSet());
  }

  private static boolean wants(AnnouncedVip vip, Link link) {
    return vip.interfaces().isEmpty()
        ? link.isOnLink(vip.address())
        : vip.interfaces().contains(link.name());
  }

  private static String why(AnnouncedVip vip, List<Link> wanted) {
    if (!wanted.isEmpty()) {
      return "no interface for "
          + vip.address()
          + " is up, has a carrier and speaks ARP: "
          + String.join(", ", wanted.stream().map(Link::name).sorted().toList());
    }
    return vip.interfaces().isEmpty()
        ? "no interface of this node has a subnet with "
            + vip.address()
            + "; name the interfaces in the Announcement, or use a pool of a subnet of the nodes"
        : "this node has none of the interfaces that the Announcement names: "
            + String.join(", ", vip.interfaces().stream().sorted().toList());
  }
}
