// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/// How many addresses each node answers for.
record Loads(Map<String, Integer> byNode) {
  Loads {
    byNode = Map.copyOf(byNode);
  }

  /// @param answering a node for each address
  /// @param nodes all that could
  static Loads of(Collection<String> answering, Collection<String> nodes) {
    var counts = new TreeMap<String, Integer>();
    nodes.forEach(node -> counts.put(node, 0));
    answering.forEach(node -> counts.merge(node, 1, Integer::sum));
    return new Loads(counts);
  }

  /// Those of the node with the most, by the mean; 1 when there are none at all.
  double ratio() {
    var sum = byNode.values().stream().mapToInt(Integer::intValue).sum();
    var most = byNode.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return sum == 0 ? 1 : most * (double) byNode.size() / sum;
  }
}
