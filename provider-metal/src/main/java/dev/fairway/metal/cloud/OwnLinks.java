// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.net.InterfaceAddress;
import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.Links;
import dev.fairway.metal.pool.Family;
import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the speaker tells of the interfaces of its node.
final class OwnLinks {
  private static final Logger LOG = LoggerFactory.getLogger(OwnLinks.class);

  // A node has an interface for each pod. Those without an address of their own are only told of
  // because somebody may announce on them by name.
  private static final int MOST = 64;
  private static final IpRange LINK_LOCAL_V4 =
      IpRange.ofPrefix(IpAddress.of("169.254.0.0"), 16); // RFC 3927
  private static final IpRange LINK_LOCAL_V6 =
      IpRange.ofPrefix(IpAddress.of("fe80::"), 10); // RFC 4291 section 2.5.6

  private OwnLinks() {}

  /// The text for the Lease; empty when the interfaces cannot be read.
  static Optional<String> read() {
    try {
      return Optional.of(text(Links.read()));
    } catch (IOException e) {
      LOG.warn("cannot tell of the network interfaces: {}", e.getMessage());
      return Optional.empty();
    }
  }

  static String text(Collection<Link> links) {
    var usable =
        links.stream()
            .filter(Link::isUsable)
            .sorted(
                Comparator.comparing((Link link) -> hasNoSubnet(link)).thenComparing(Link::name))
            .toList();
    var told = new ArrayList<String>();
    usable.stream().limit(MOST).map(OwnLinks::text).forEach(told::add);
    if (usable.size() > MOST) {
      told.add(LinkText.OTHERS);
    }
    return String.join(",", told);
  }

  private static String text(Link link) {
    return LinkText.of(
        link.name(),
        link.addresses().stream()
            .filter(OwnLinks::isOfTheNetwork)
            .map(InterfaceAddress::toString)
            .sorted()
            .toList());
  }

  private static boolean hasNoSubnet(Link link) {
    return link.addresses().stream().noneMatch(OwnLinks::isOfTheNetwork);
  }

  private static boolean isOfTheNetwork(InterfaceAddress own) {
    var linkLocal = own.address().family() == Family.IPV4 ? LINK_LOCAL_V4 : LINK_LOCAL_V6;
    return !linkLocal.contains(own.address());
  }
}
