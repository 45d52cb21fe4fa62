// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Everything that can receive the traffic of a group.
///
/// @param targets the eligible nodes, ordered by name: not deleted, not excluded by label, not
///   tainted for removal. Nodes that are not ready are among them
/// @param endpointNodes names of the nodes that hold at least one ready endpoint of every Service
///   of the group
/// @param healthCheck how a cloud can tell which nodes hold endpoints; present with policy Local
public record Backends(
    List<Target> targets, Set<String> endpointNodes, Optional<HealthCheck> healthCheck) {
  public Backends {
    targets = List.copyOf(targets);
    endpointNodes = Set.copyOf(endpointNodes);
  }
}
