// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.sim.SimulatedObserved;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the cloud has to hold for a Service.
final class Served {
  private Served() {}

  /// Whether it holds exactly that.
  ///
  /// @param nodes all nodes
  static boolean exactly(SimulatedObserved seen, Service service, Set<String> nodes) {
    var groupByFrontend = groupByFrontend(service);
    return seen.loadBalancer().isPresent()
        && seen.listeners().equals(groupByFrontend)
        && seen.groups().keySet().equals(Set.copyOf(groupByFrontend.values()))
        && seen.groups().values().stream().allMatch(nodes::equals)
        && seen.draining().isEmpty();
  }

  private static Map<String, String> groupByFrontend(Service service) {
    return service.getSpec().getPorts().stream()
        .collect(
            Collectors.toMap(
                port -> "%s/%d".formatted(port.getProtocol(), port.getPort()),
                port ->
                    "%s/%d@%d".formatted(port.getProtocol(), port.getPort(), port.getNodePort())));
  }

  /// How many objects there are.
  static int count(SimulatedObserved seen) {
    return (seen.loadBalancer().isPresent() ? 1 : 0)
        + seen.listeners().size()
        + seen.groups().size();
  }
}
