// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import dev.fairway.metal.net.MacAddress;
import dev.fairway.metal.pool.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the API server says of all VIPs.
///
/// @param addresses where the speakers of nodes are reached
/// @param macs Ethernet addresses with which speakers have announced VIPs
public record Roster(List<OwnedVip> vips, Map<String, IpAddress> addresses, Set<MacAddress> macs) {
  public Roster {
    vips = List.copyOf(vips);
    addresses = Map.copyOf(addresses);
    macs = Set.copyOf(macs);
  }

  /// All nodes that may announce something.
  Set<String> speakers() {
    return vips.stream()
        .flatMap(vip -> vip.list().owners().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The VIPs that a node may announce.
  Stream<OwnedVip> of(String node) {
    return vips.stream().filter(vip -> vip.list().owners().contains(node));
  }
}
