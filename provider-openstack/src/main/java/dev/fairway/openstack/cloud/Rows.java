// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.model.Graph;
import dev.fairway.openstack.model.Listener;
import dev.fairway.openstack.model.Pool;
import dev.fairway.openstack.model.Tags;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The load balancers that are remembered, and who has something on them.
final class Rows {
  private final Tags tags;
  private final Map<String, Row> byId = new LinkedHashMap<>();
  private final Map<LoadBalancerKey, Set<String>> byKey = new HashMap<>();
  // Of those who have something on a load balancer; also while what is on it has to be read again.
  private final Map<String, Set<LoadBalancerKey>> guests = new HashMap<>();

  Rows(Tags tags) {
    this.tags = tags;
  }

  Optional<Row> get(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Collection<Row> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  /// Those on which this one has something.
  List<Row> of(LoadBalancerKey key) {
    return byKey.getOrDefault(key, Set.of()).stream()
        .map(byId::get)
        .filter(Objects::nonNull)
        .toList();
  }

  /// Those on which anyone of the cluster has something.
  List<Row> used() {
    return byId.values().stream().filter(row -> !keysOf(row).isEmpty()).toList();
  }

  Set<LoadBalancerKey> keys() {
    return Collections.unmodifiableSet(byKey.keySet());
  }

  Set<LoadBalancerKey> keysOf(Row row) {
    var keys = new TreeSet<LoadBalancerKey>();
    tags.owner(row.balancer().tags()).ifPresent(keys::add);
    keys.addAll(guests.getOrDefault(row.id(), Set.of()));
    return keys;
  }

  /// Whether others see a difference.
  boolean put(Row row) {
    var old = byId.put(row.id(), row);
    var before = old == null ? Set.<LoadBalancerKey>of() : keysOf(old);
    if (old != null) {
      unindex(old);
    }
    row.balancer().graph().ifPresent(graph -> guests.put(row.id(), keysIn(graph)));
    keysOf(row).forEach(key -> byKey.computeIfAbsent(key, _ -> new TreeSet<>()).add(row.id()));
    return old == null || !old.looksLike(row) || !before.equals(keysOf(row));
  }

  void remove(String id) {
    get(id)
        .ifPresent(row -> {
          unindex(row);
          byId.remove(id);
          guests.remove(id);
        });
  }

  private void unindex(Row row) {
    keysOf(row)
        .forEach(key ->
            byKey.computeIfPresent(
                key,
                (_, ids) -> {
                  ids.remove(row.id());
                  return ids.isEmpty() ? null : ids;
                }));
  }

  private Set<LoadBalancerKey> keysIn(Graph graph) {
    return Stream.concat(
            graph.listeners().stream().map(Listener::tags), graph.pools().stream().map(Pool::tags))
        .flatMap(some -> tags.owner(some).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
