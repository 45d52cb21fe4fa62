// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import dev.fairway.testkit.openstack.sim.Refused;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All load balancers.
final class Store {
  private final Map<String, Balancer> balancers = new LinkedHashMap<>();

  void add(Balancer balancer) {
    balancers.put(balancer.id(), balancer);
  }

  void remove(Balancer balancer) {
    balancers.remove(balancer.id());
  }

  Collection<Balancer> balancers() {
    return balancers.values();
  }

  Stream<Listener> listeners() {
    return balancers.values().stream().flatMap(balancer -> balancer.listeners().values().stream());
  }

  Stream<Pool> pools() {
    return balancers.values().stream().flatMap(balancer -> balancer.pools().values().stream());
  }

  Stream<Monitor> monitors() {
    return pools().flatMap(pool -> pool.monitor().stream());
  }

  Balancer balancer(String id) {
    return Optional.ofNullable(balancers.get(id)).orElseThrow(() -> missing("Load Balancer", id));
  }

  Listener listener(String id) {
    return balancers.values().stream()
        .flatMap(balancer -> Optional.ofNullable(balancer.listeners().get(id)).stream())
        .findFirst()
        .orElseThrow(() -> missing("Listener", id));
  }

  Pool pool(String id) {
    return balancers.values().stream()
        .flatMap(balancer -> Optional.ofNullable(balancer.pools().get(id)).stream())
        .findFirst()
        .orElseThrow(() -> missing("Pool", id));
  }

  Monitor monitor(String id) {
    return monitors()
        .filter(monitor -> monitor.id().equals(id))
        .findFirst()
        .orElseThrow(() -> missing("Health Monitor", id));
  }

  static Refused missing(String what, String id) {
    return Refused.octavia(404, "%s %s not found.".formatted(what, id));
  }

  /// The parts that go along with one load balancer.
  static List<Part> parts(Balancer balancer) {
    return Stream.of(
            balancer.listeners().values().stream().map(Part.class::cast),
            balancer.pools().values().stream().map(Part.class::cast),
            balancer.pools().values().stream()
                .flatMap(pool -> pool.monitor().stream())
                .map(Part.class::cast))
        .flatMap(parts -> parts)
        .toList();
  }
}
