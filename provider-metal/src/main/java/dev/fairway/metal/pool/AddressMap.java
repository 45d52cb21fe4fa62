// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.pool;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What belongs to each address: an immutable map of which every change makes a new one that shares
/// almost everything with the old. So a snapshot costs nothing, however often it is taken and
/// however large the map is, and a change costs as many steps as a tree is deep.
///
/// A treap: a search tree by address whose priorities are drawn from the address itself, which
/// keeps it balanced on average.
///
/// @param <V> the values
public final class AddressMap<V> {
  private final @Nullable Node<V> root;

  private record Node<V>(
      IpAddress address, long priority, V value, @Nullable Node<V> left, @Nullable Node<V> right) {
    Node<V> between(@Nullable Node<V> newLeft, @Nullable Node<V> newRight) {
      return new Node<>(address, priority, value, newLeft, newRight);
    }
  }

  private AddressMap(@Nullable Node<V> root) {
    this.root = root;
  }

  public static <V> AddressMap<V> empty() {
    return new AddressMap<>(null);
  }

  public Optional<V> get(IpAddress address) {
    var node = root;
    while (node != null) {
      var order = address.compareTo(node.address());
      if (order == 0) {
        return Optional.of(node.value());
      }
      node = order < 0 ? node.left() : node.right();
    }
    return Optional.empty();
  }

  /// All values, in the order of the addresses.
  public Stream<V> values() {
    return values(root);
  }

  private static <V> Stream<V> values(@Nullable Node<V> node) {
    return node == null
        ? Stream.of()
        : Stream.of(values(node.left()), Stream.of(node.value()), values(node.right()))
            .flatMap(part -> part);
  }

  /// With this value at the address, in place of the one before.
  public AddressMap<V> with(IpAddress address, V value) {
    return new AddressMap<>(with(root, address, priority(address), value));
  }

  /// With nothing at the address.
  public AddressMap<V> without(IpAddress address) {
    return new AddressMap<>(without(root, address));
  }

  private static long priority(IpAddress address) {
    return StableHash.of(address.toString());
  }

  private static <V> Node<V> with(
      @Nullable Node<V> node, IpAddress address, long priority, V value) {
    if (node == null) {
      return new Node<>(address, priority, value, null, null);
    }
    var order = address.compareTo(node.address());
    if (order == 0) {
      return new Node<>(address, priority, value, node.left(), node.right());
    }
    if (order < 0) {
      var left = with(node.left(), address, priority, value);
      return left.priority() > node.priority()
          ? left.between(left.left(), node.between(left.right(), node.right()))
          : node.between(left, node.right());
    }
    var right = with(node.right(), address, priority, value);
    return right.priority() > node.priority()
        ? right.between(node.between(node.left(), right.left()), right.right())
        : node.between(node.left(), right);
  }

  private static <V> @Nullable Node<V> without(@Nullable Node<V> node, IpAddress address) {
    if (node == null) {
      return null;
    }
    var order = address.compareTo(node.address());
    if (order == 0) {
      return join(node.left(), node.right());
    }
    return order < 0
        ? node.between(without(node.left(), address), node.right())
        : node.between(node.left(), without(node.right(), address));
  }

  private static <V> @Nullable Node<V> join(@Nullable Node<V> lower, @Nullable Node<V> upper) {
    if (lower == null || upper == null) {
      return lower == null ? upper : lower;
    }
    return lower.priority() > upper.priority()
        ? lower.between(lower.left(), join(lower.right(), upper))
        : upper.between(join(lower, upper.left()), upper.right());
  }
}
