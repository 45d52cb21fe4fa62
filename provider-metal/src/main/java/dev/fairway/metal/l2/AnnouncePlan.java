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
    Map<IpAddress, String> nowhere = new HashMap<>();
    for (AnnouncedVip vip : vips) {
      List<Link> wanted = links.stream().filter(link -> wants(vip, link)).toList();
      List<Link> usable = wanted.stream().filter(Link::isUsable).toList();
      usable.forEach(link -> onLink.computeIfAbsent(link, _ -> new HashSet<>()).add(vip.address()));
      if (usable.isEmpty()) {
        nowhere.put(vip.address(), why(vip, wanted));
      }
    }
    return new AnnouncePlan(onLink, nowhere);
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
