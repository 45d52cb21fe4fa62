// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.util.List;

/// The nodes that can receive the traffic of a group.
///
/// @param targets the eligible nodes, ordered by name: not deleted, not excluded by label, not
///   tainted for removal. Nodes that are not ready are among them
/// @param draining nodes that are leaving, ordered by name: new connections must go elsewhere,
///   those that are open may end. A node is taken off this list when its time is over. A cloud that
///   drains by itself when a target is deregistered can ignore them
public record Backends(List<Target> targets, List<Target> draining) {
  public Backends {
    targets = List.copyOf(targets);
    draining = List.copyOf(draining);
  }

  /// These nodes, and none that is leaving.
  public static Backends of(List<Target> targets) {
    return new Backends(targets, List.of());
  }
}
