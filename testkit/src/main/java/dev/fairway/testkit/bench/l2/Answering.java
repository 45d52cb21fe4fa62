// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.world.MacAddress;
import dev.fairway.testkit.world.NodeHost;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Which nodes Ethernet addresses are of.
record Answering(List<NodeHost> nodes) {
  Answering {
    nodes = List.copyOf(nodes);
  }

  /// The node that answered for each address.
  ///
  /// @throws IllegalStateException when two answered for one
  Map<String, String> of(Map<String, Set<MacAddress>> answers) {
    var found = new TreeMap<String, String>();
    answers.forEach((ip, macs) -> {
      if (macs.size() > 1) {
        throw new IllegalStateException("for %s answer %s".formatted(ip, macs));
      }
      found.put(ip, name(macs.iterator().next()));
    });
    return found;
  }

  private String name(MacAddress mac) {
    return nodes.stream()
        .filter(node -> node.mac().equals(mac))
        .findFirst()
        .map(NodeHost::name)
        .orElse(mac.text());
  }
}
