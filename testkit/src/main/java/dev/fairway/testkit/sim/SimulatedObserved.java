// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import dev.fairway.cloud.Detail;
import dev.fairway.cloud.Observed;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the simulated cloud holds for one key.
///
/// @param loadBalancer empty when there is none, although target groups may have been left over
/// @param listeners target group by frontend (`TCP/80`)
/// @param groups names of the nodes that take new connections by target group (`TCP/80@30080`), or
///   addresses and ports of pods (`TCP/80@pods`)
/// @param draining names of the nodes that only keep those they have, by target group; without
///   groups where there are none
public record SimulatedObserved(
    LoadBalancerKey key,
    Optional<LoadBalancer> loadBalancer,
    Map<String, String> listeners,
    Map<String, Set<String>> groups,
    Map<String, Set<String>> draining)
    implements Observed {

  /// @param active false while it is being provisioned
  public record LoadBalancer(String address, boolean active) {}

  public SimulatedObserved {
    listeners = Map.copyOf(listeners);
    groups = copy(groups);
    draining = copy(draining);
  }

  private static Map<String, Set<String>> copy(Map<String, Set<String>> groups) {
    var copy = new TreeMap<String, Set<String>>();
    groups.forEach((group, nodes) -> copy.put(group, Set.copyOf(nodes)));
    return Map.copyOf(copy);
  }

  public static SimulatedObserved nothing(LoadBalancerKey key) {
    return new SimulatedObserved(key, Optional.empty(), Map.of(), Map.of(), Map.of());
  }

  @Override
  public boolean exists() {
    return loadBalancer.isPresent() || !listeners.isEmpty() || !groups.isEmpty();
  }

  @Override
  public List<Ingress> ingress() {
    return loadBalancer.stream()
        .filter(LoadBalancer::active)
        .<Ingress>map(lb -> new Ingress.Address(lb.address(), Ingress.Mode.PROXY))
        .toList();
  }

  @Override
  public List<Detail> details() {
    var details = new ArrayList<Detail>();
    loadBalancer.ifPresent(lb ->
        details.add(
            lb.active()
                ? new Detail("load balancer", Detail.State.OK, "active at " + lb.address())
                : new Detail("load balancer", Detail.State.WAITING, "being provisioned")));
    new TreeMap<>(listeners)
        .forEach((frontend, group) ->
            details.add(
                new Detail("listener " + frontend, Detail.State.OK, "to target group " + group)));
    new TreeMap<>(groups)
        .forEach((group, nodes) ->
            details.add(
                nodes.isEmpty()
                    ? new Detail("target group " + group, Detail.State.FAILING, "without a target")
                    : new Detail(
                        "target group " + group,
                        Detail.State.OK,
                        String.join(", ", new TreeSet<>(nodes)))));
    return details;
  }
}
