// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.sim.SimulatedObserved.LoadBalancer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// What the simulated cloud holds under one key, and what each action does to it. Not safe for use
/// by several threads.
final class Holdings {
  private final LoadBalancerKey key;
  private final SharedSets sets;
  private final Map<String, String> listeners = new HashMap<>();
  private final Map<String, Set<String>> groups = new HashMap<>();
  private final Map<String, Set<String>> draining = new HashMap<>();
  private Optional<String> address = Optional.empty();
  private Instant activeAt = Instant.MIN;

  Holdings(LoadBalancerKey key, SharedSets sets) {
    this.key = key;
    this.sets = sets;
  }

  SimulatedObserved at(Instant now) {
    var active = !now.isBefore(activeAt);
    return new SimulatedObserved(
        key, address.map(text -> new LoadBalancer(text, active)), listeners, groups, draining);
  }

  /// @param newAddress asked only when one is needed
  /// @param newActiveAt when a load balancer made now would be active
  void carryOut(SimulatedAction action, Supplier<String> newAddress, Instant newActiveAt) {
    switch (action) {
      case SimulatedAction.CreateTargetGroup create -> groups.putIfAbsent(create.group(), Set.of());
      case SimulatedAction.CreateLoadBalancer _ -> {
        if (address.isEmpty()) {
          address = Optional.of(newAddress.get());
          activeAt = newActiveAt;
        }
      }
      case SimulatedAction.CreateListener create ->
          pointListener(create.frontend(), create.group());
      case SimulatedAction.PointListener point -> pointListener(point.frontend(), point.group());
      case SimulatedAction.RegisterTargets register -> {
        var nodes = new HashSet<>(group(register.group()));
        nodes.addAll(register.nodes());
        groups.put(register.group(), sets.share(nodes));
        stopDraining(register.group(), register.nodes());
      }
      case SimulatedAction.DrainTargets drain -> {
        var nodes = new HashSet<>(group(drain.group()));
        nodes.removeAll(drain.nodes());
        groups.put(drain.group(), sets.share(nodes));
        var leaving = new HashSet<>(draining.getOrDefault(drain.group(), Set.of()));
        leaving.addAll(drain.nodes());
        draining.put(drain.group(), sets.share(leaving));
      }
      case SimulatedAction.DeregisterTargets deregister -> {
        var nodes = new HashSet<>(group(deregister.group()));
        nodes.removeAll(deregister.nodes());
        groups.put(deregister.group(), sets.share(nodes));
        stopDraining(deregister.group(), deregister.nodes());
      }
      case SimulatedAction.DeleteListener delete -> listeners.remove(delete.frontend());
      case SimulatedAction.DeleteTargetGroup delete -> deleteGroup(delete.group());
      case SimulatedAction.DeleteLoadBalancer _ -> {
        address = Optional.empty();
        listeners.clear();
      }
    }
  }

  private void stopDraining(String group, Set<String> nodes) {
    var left = new HashSet<>(draining.getOrDefault(group, Set.of()));
    left.removeAll(nodes);
    if (left.isEmpty()) {
      draining.remove(group);
    } else {
      draining.put(group, sets.share(left));
    }
  }

  private void pointListener(String frontend, String group) {
    if (address.isEmpty()) {
      throw new CloudException.Conflict("listener %s: no load balancer".formatted(frontend), null);
    }
    var _ = group(group);
    listeners.put(frontend, group);
  }

  private Set<String> group(String name) {
    var nodes = groups.get(name);
    if (nodes == null) {
      throw new CloudException.Conflict("target group %s is not there".formatted(name), null);
    }
    return nodes;
  }

  private void deleteGroup(String group) {
    if (listeners.containsValue(group)) {
      throw new CloudException.Conflict("target group %s is in use".formatted(group), null);
    }
    groups.remove(group);
    draining.remove(group);
  }
}
