// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.metal.owner.OwnerLoads;
import dev.fairway.metal.pool.AddressMap;
import dev.fairway.metal.pool.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a decision about one load balancer depends on besides its own Vips: a snapshot.
///
/// @param pools in the order in which they are asked
/// @param speakers names of the nodes whose speaker is alive
/// @param load how many VIPs each node announces, and would take over
/// @param holdings whose each address is; those that are missing are free
public record Surroundings(
    List<PoolView> pools,
    List<AnnouncementView> announcements,
    Set<String> speakers,
    OwnerLoads load,
    AddressMap<Holding> holdings,
    Terrain terrain,
    Terms terms) {
  public Surroundings {
    pools = pools.stream().sorted(PoolView.ORDER).toList();
    announcements = List.copyOf(announcements);
    speakers = Set.copyOf(speakers);
  }

  /// Where nodes have not told of themselves and the administrator has laid down nothing.
  public Surroundings(
      List<PoolView> pools,
      List<AnnouncementView> announcements,
      Set<String> speakers,
      OwnerLoads load,
      AddressMap<Holding> holdings) {
    this(pools, announcements, speakers, load, holdings, Terrain.UNKNOWN, Terms.NONE);
  }

  /// The pool that holds the address.
  public Optional<PoolView> poolOf(IpAddress address) {
    return pools.stream().filter(pool -> pool.contains(address)).findFirst();
  }
}
