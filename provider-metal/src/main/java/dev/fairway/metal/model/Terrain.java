// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known of the nodes beyond what load balancing in general needs.
///
/// @param links the interfaces of a node; a node that is missing has not told
/// @param unwilling nodes that announce only while no other can: they are drained, or their network
///   is not there
public record Terrain(Map<String, List<NodeLink>> links, Set<String> unwilling) {
  public static final Terrain UNKNOWN = new Terrain(Map.of(), Set.of());

  public Terrain {
    links = Map.copyOf(links);
    unwilling = Set.copyOf(unwilling);
  }

  Optional<List<NodeLink>> linksOf(String node) {
    return Optional.ofNullable(links.get(node));
  }
}
