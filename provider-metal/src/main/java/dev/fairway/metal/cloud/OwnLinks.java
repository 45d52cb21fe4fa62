// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.net.InterfaceAddress;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.Links;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the speaker tells of the interfaces of its node.
final class OwnLinks {
  private static final Logger LOG = LoggerFactory.getLogger(OwnLinks.class);

  // A node has an interface for each pod. Those without an address of their own are only told of
  // because somebody may announce on them by name.
  private static final int MOST = 64;

  private OwnLinks() {}

  /// The annotations of the Lease; none when the interfaces cannot be read.
  static Map<String, String> read() {
    try {
      var links = Links.read();
      return Map.of(SpeakerLease.LINKS, text(links), SpeakerLease.STATIONS, stations(links));
    } catch (IOException e) {
      LOG.warn("cannot tell of the network interfaces: {}", e.getMessage());
      return Map.of();
    }
  }

  static String text(Collection<Link> links) {
    var usable =
        links.stream()
            .filter(Link::isUsable)
            .sorted(
                Comparator.comparing((Link link) -> !link.hasSubnet()).thenComparing(Link::name))
            .toList();
    var told = new ArrayList<String>();
    usable.stream().limit(MOST).map(OwnLinks::text).forEach(told::add);
    if (usable.size() > MOST) {
      told.add(LinkText.OTHERS);
    }
    return String.join(",", told);
  }

  // Those of interfaces without a subnet are the business of pods.
  static String stations(Collection<Link> links) {
    return links.stream()
        .filter(link -> link.isUsable() && link.hasSubnet())
        .map(link -> link.mac().toString())
        .distinct()
        .sorted()
        .limit(MOST)
        .collect(Collectors.joining(","));
  }

  private static String text(Link link) {
    return LinkText.of(
        link.name(),
        link.addresses().stream()
            .filter(own -> !own.isLinkLocal())
            .map(InterfaceAddress::toString)
            .sorted()
            .toList());
  }
}
