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
/// @param otherSpeakers the namespace in which others run that answer for addresses, so that nobody
///   here may
public record Terrain(
    Map<String, List<NodeLink>> links, Set<String> unwilling, Optional<String> otherSpeakers) {
  public static final Terrain UNKNOWN = new Terrain(Map.of(), Set.of());

  public Terrain {
    links = Map.copyOf(links);
    unwilling = Set.copyOf(unwilling);
  }

  /// Where nobody else answers.
  public Terrain(Map<String, List<NodeLink>> links, Set<String> unwilling) {
    this(links, unwilling, Optional.empty());
  }

  Optional<List<NodeLink>> linksOf(String node) {
    return Optional.ofNullable(links.get(node));
  }
}
