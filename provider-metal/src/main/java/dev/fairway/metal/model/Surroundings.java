// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.metal.pool.AddressMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a decision about one load balancer depends on besides its own Vips: a snapshot.
///
/// @param pools ordered by name
/// @param speakers names of the nodes whose speaker is alive
/// @param load how many VIPs each node announces; a node that is missing announces none
/// @param holdings whose each address is; those that are missing are free
public record Surroundings(
    List<PoolView> pools,
    List<AnnouncementView> announcements,
    Set<String> speakers,
    Map<String, Integer> load,
    AddressMap<Holding> holdings) {
  public Surroundings {
    pools = List.copyOf(pools);
    announcements = List.copyOf(announcements);
    speakers = Set.copyOf(speakers);
    load = Map.copyOf(load);
  }
}
