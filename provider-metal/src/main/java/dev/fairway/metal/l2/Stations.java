// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.net.Link;
import dev.fairway.metal.net.MacAddress;
import java.util.List;
import java.util.function.Supplier;

/// Whose Ethernet address is whose.
///
/// @param links the interfaces of this node as they are now
record Stations(Rivals rivals, Supplier<List<Link>> links) {

  /// Whether it is one of this node: what leaves one interface may come in at another.
  boolean isOwn(MacAddress mac) {
    return links.get().stream().anyMatch(link -> link.mac().equals(mac));
  }

  boolean isSpeaker(MacAddress mac) {
    return rivals.isSpeaker(mac);
  }
}
