// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim.remote;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.sim.SharedSets;
import dev.fairway.testkit.sim.SimulatedObserved;
import dev.fairway.testkit.sim.SimulatedObserved.LoadBalancer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is in the cloud, as lines of text: the simplest that Java and Go can both read piece by
/// piece.
///
/// ```
/// key default/web
/// address 198.18.0.1 active
/// listener TCP/80 TCP/80@30080
/// group TCP/80@30080 node-1 node-2
/// draining TCP/80@30080 node-3
/// ```
///
/// Each load balancer begins with its key. The other lines may be missing; `provisioning` is the
/// other state of an address.
final class ObservedLines {
  private ObservedLines() {}

  static void write(SimulatedObserved seen, StringBuilder to) {
    to.append("key ").append(seen.key()).append('\n');
    seen.loadBalancer()
        .ifPresent(lb ->
            to.append("address ")
                .append(lb.address())
                .append(lb.active() ? " active\n" : " provisioning\n"));
    seen.listeners()
        .forEach((frontend, group) ->
            to.append("listener ").append(frontend).append(' ').append(group).append('\n'));
    seen.groups().forEach((group, nodes) -> write("group ", group, nodes, to));
    seen.draining().forEach((group, nodes) -> write("draining ", group, nodes, to));
  }

  private static void write(String kind, String group, Set<String> nodes, StringBuilder to) {
    to.append(kind).append(group);
    nodes.forEach(node -> to.append(' ').append(node));
    to.append('\n');
  }

  /// @param sets equal sets of nodes become one
  static List<SimulatedObserved> read(BufferedReader lines, SharedSets sets) {
    var all = new ArrayList<SimulatedObserved>();
    var next = Optional.<Reading>empty();
    try {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var words = line.split(" ");
        if (words[0].equals("key")) {
          next.ifPresent(done -> all.add(done.end()));
          next = Optional.of(new Reading(LoadBalancerKey.parse(words[1])));
        } else {
          next.orElseThrow().take(words, sets);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    next.ifPresent(done -> all.add(done.end()));
    return all;
  }

  /// One load balancer, half read.
  private static final class Reading {
    private final LoadBalancerKey key;
    private final Map<String, String> listeners = new HashMap<>();
    private final Map<String, Set<String>> groups = new HashMap<>();
    private final Map<String, Set<String>> draining = new HashMap<>();
    private Optional<LoadBalancer> loadBalancer = Optional.empty();

    Reading(LoadBalancerKey key) {
      this.key = key;
    }

    void take(String[] words, SharedSets sets) {
      switch (words[0]) {
        case "address" ->
            loadBalancer = Optional.of(new LoadBalancer(words[1], words[2].equals("active")));
        case "listener" -> listeners.put(words[1], words[2]);
        case "group" -> groups.put(words[1], nodes(words, sets));
        case "draining" -> draining.put(words[1], nodes(words, sets));
        default -> throw new IllegalArgumentException("unknown line " + words[0]);
      }
    }

    private static Set<String> nodes(String[] words, SharedSets sets) {
      return sets.share(Set.copyOf(List.of(words).subList(2, words.length)));
    }

    SimulatedObserved end() {
      return new SimulatedObserved(key, loadBalancer, listeners, groups, draining);
    }
  }
}
