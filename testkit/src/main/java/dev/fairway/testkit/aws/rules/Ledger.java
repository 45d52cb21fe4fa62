// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// What the calls so far have made in ELBv2, by ARN. Changed only by calls that change something,
/// which come one at a time; read at any time.
public final class Ledger {
  private final Map<String, LoadBalancer> loadBalancers = new ConcurrentHashMap<>();
  private final Map<String, TargetGroup> targetGroups = new ConcurrentHashMap<>();
  private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
  private final Map<String, Instant> freedSecurityGroups = new ConcurrentHashMap<>();

  Collection<LoadBalancer> loadBalancers() {
    return loadBalancers.values();
  }

  Optional<LoadBalancer> loadBalancer(String arn) {
    return Optional.ofNullable(loadBalancers.get(arn));
  }

  Optional<LoadBalancer> loadBalancerNamed(String name) {
    return loadBalancers.values().stream().filter(lb -> lb.name().equals(name)).findFirst();
  }

  void put(LoadBalancer loadBalancer) {
    loadBalancers.put(loadBalancer.arn(), loadBalancer);
  }

  void changeLoadBalancer(String arn, UnaryOperator<LoadBalancer> change) {
    loadBalancers.computeIfPresent(arn, (_, before) -> change.apply(before));
  }

  /// Its listeners go with it; its security groups are free from `now` on, or a little later.
  void removeLoadBalancer(String arn, Instant now) {
    var gone = loadBalancers.remove(arn);
    listeners.values().removeIf(listener -> listener.loadBalancer().equals(arn));
    if (gone != null) {
      gone.securityGroups().forEach(group -> freedSecurityGroups.put(group, now));
    }
  }

  /// When the last load balancer with this group went.
  Optional<Instant> freed(String securityGroup) {
    return Optional.ofNullable(freedSecurityGroups.get(securityGroup));
  }

  Collection<TargetGroup> targetGroups() {
    return targetGroups.values();
  }

  Optional<TargetGroup> targetGroup(String arn) {
    return Optional.ofNullable(targetGroups.get(arn));
  }

  Optional<TargetGroup> targetGroupNamed(String name) {
    return targetGroups.values().stream().filter(group -> group.name().equals(name)).findFirst();
  }

  void put(TargetGroup group) {
    targetGroups.put(group.arn(), group);
  }

  void changeTargetGroup(String arn, UnaryOperator<TargetGroup> change) {
    targetGroups.computeIfPresent(arn, (_, before) -> change.apply(before));
  }

  void removeTargetGroup(String arn) {
    targetGroups.remove(arn);
  }

  Optional<Listener> listener(String arn) {
    return Optional.ofNullable(listeners.get(arn));
  }

  void put(Listener listener) {
    listeners.put(listener.arn(), listener);
  }

  void changeListener(String arn, UnaryOperator<Listener> change) {
    listeners.computeIfPresent(arn, (_, before) -> change.apply(before));
  }

  void removeListener(String arn) {
    listeners.remove(arn);
  }

  List<Listener> listenersOf(String loadBalancer) {
    return listeners.values().stream()
        .filter(listener -> listener.loadBalancer().equals(loadBalancer))
        .toList();
  }

  /// The listeners that forward to this group.
  List<Listener> listenersTo(String targetGroup) {
    return listeners.values().stream()
        .filter(listener -> listener.targetGroups().contains(targetGroup))
        .toList();
  }

  /// ARNs of the load balancers that forward to this group; in AWS one at most.
  Set<String> loadBalancersOf(String targetGroup) {
    var arns = new TreeSet<String>();
    listenersTo(targetGroup).forEach(listener -> arns.add(listener.loadBalancer()));
    return arns;
  }
}
