// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which nodes take traffic, and which are leaving: pure. A node that is to be removed, or was
/// excluded while it took traffic, drains for a while; a Node object that is gone has nothing left
/// to drain.
///
/// @param leavingSince of the nodes that drain
public record NodeRoles(Backends backends, Map<String, Instant> leavingSince) {
  private static final Comparator<Target> BY_NAME = Comparator.comparing(Target::node);

  public NodeRoles {
    leavingSince = Map.copyOf(leavingSince);
  }

  public static NodeRoles none() {
    return new NodeRoles(Backends.of(List.of()), Map.of());
  }

  /// The roles that follow, when the nodes are these now.
  ///
  /// @param drain how long a leaving node drains
  public NodeRoles next(Collection<NodeView> nodes, Instant now, Duration drain) {
    var targets = new ArrayList<Target>();
    var draining = new ArrayList<Target>();
    var since = new HashMap<String, Instant>();
    for (var node : nodes) {
      if (node.eligible()) {
        targets.add(node.target());
        continue;
      }
      leavingSince(node, now)
          .filter(began -> now.isBefore(began.plus(drain)))
          .ifPresent(began -> {
            draining.add(node.target());
            since.put(node.name(), began);
          });
    }
    targets.sort(BY_NAME);
    draining.sort(BY_NAME);
    return new NodeRoles(new Backends(targets, draining), since);
  }

  private Optional<Instant> leavingSince(NodeView node, Instant now) {
    return Optional.ofNullable(leavingSince.get(node.name()))
        .or(node::leavingSince)
        .or(() ->
            backends.targets().stream().anyMatch(target -> target.node().equals(node.name()))
                ? Optional.of(now)
                : Optional.empty());
  }

  /// When the next node has drained for long enough.
  public Optional<Instant> nextEnd(Duration drain) {
    return leavingSince.values().stream().min(Instant::compareTo).map(began -> began.plus(drain));
  }
}
