// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.owner;

import java.util.Map;

/// How the VIPs are spread over the nodes, as the planner sees it.
public interface OwnerLoads {

  /// How many VIPs the node announces.
  int owned(String node);

  /// How many VIPs would go from `owner` to `follower` if `owner` failed.
  int behind(String owner, String follower);

  /// Nobody has anything.
  static OwnerLoads none() {
    return of(Map.of());
  }

  /// These many VIPs on each node, of which nobody follows.
  static OwnerLoads of(Map<String, Integer> owned) {
    return new Counted(owned, Map.of());
  }

  /// Numbers of one moment.
  ///
  /// @param counts of VIPs announced; a node that is missing announces none
  /// @param followers for each owner, how many of its VIPs each other node follows first
  record Counted(Map<String, Integer> counts, Map<String, Map<String, Integer>> followers)
      implements OwnerLoads {
    public Counted {
      counts = Map.copyOf(counts);
      followers = Map.copyOf(followers);
    }

    @Override
    public int owned(String node) {
      return counts.getOrDefault(node, 0);
    }

    @Override
    public int behind(String owner, String follower) {
      return followers.getOrDefault(owner, Map.of()).getOrDefault(follower, 0);
    }
  }
}
