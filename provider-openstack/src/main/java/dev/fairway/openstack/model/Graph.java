// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What is on a load balancer.
public record Graph(List<Listener> listeners, List<Pool> pools) {
  /// A load balancer with nothing on it.
  public static final Graph EMPTY = new Graph(List.of(), List.of());

  public Graph {
    listeners = List.copyOf(listeners);
    pools = List.copyOf(pools);
  }

  boolean read() {
    return pools.stream().allMatch(pool -> pool.members().isPresent());
  }

  /// Whether Octavia is still making anything of it.
  boolean beingMade() {
    return listeners.stream().anyMatch(Listener::beingMade)
        || pools.stream().anyMatch(Pool::beingMade);
  }

  /// Whether clients may be let in.
  boolean listens() {
    return listeners.stream().anyMatch(listener -> !listener.beingMade());
  }

  /// Whether the pool behind any listener is done, with a member if it has one.
  boolean anyDone() {
    return listeners.stream()
        .filter(listener -> !listener.beingMade())
        .flatMap(listener -> listener.defaultPool().flatMap(this::pool).stream())
        .anyMatch(Pool::serving);
  }

  public Optional<Listener> listener(String id) {
    return listeners.stream().filter(listener -> listener.id().equals(id)).findFirst();
  }

  public Optional<Pool> pool(String id) {
    return pools.stream().filter(pool -> pool.id().equals(id)).findFirst();
  }

  /// With this listener, in place of the one with its id.
  public Graph with(Listener listener) {
    return new Graph(
        Stream.concat(
                listeners.stream().filter(other -> !other.id().equals(listener.id())),
                Stream.of(listener))
            .toList(),
        pools);
  }

  /// With this pool, in place of the one with its id.
  public Graph with(Pool pool) {
    return new Graph(
        listeners,
        Stream.concat(
                pools.stream().filter(other -> !other.id().equals(pool.id())), Stream.of(pool))
            .toList());
  }

  public Graph withPool(String id, UnaryOperator<Pool> change) {
    return new Graph(
        listeners,
        pools.stream().map(pool -> pool.id().equals(id) ? change.apply(pool) : pool).toList());
  }

  public Graph withoutListener(String id) {
    return new Graph(
        listeners.stream().filter(listener -> !listener.id().equals(id)).toList(), pools);
  }

  public Graph withoutPool(String id) {
    return new Graph(listeners, pools.stream().filter(pool -> !pool.id().equals(id)).toList());
  }

  /// The same with other listeners and pools in their places.
  public Graph with(UnaryOperator<Listener> ofListeners, UnaryOperator<Pool> ofPools) {
    return new Graph(
        listeners.stream().map(ofListeners).toList(), pools.stream().map(ofPools).toList());
  }

  Graph settled() {
    return new Graph(
        listeners.stream().map(Listener::settled).sorted(Listener.BY_ID).toList(),
        pools.stream().map(Pool::settled).sorted(Pool.BY_ID).toList());
  }
}
