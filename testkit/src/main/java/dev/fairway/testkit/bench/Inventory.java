// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How many objects of each kind there are in a cloud.
///
/// @param <K> the kinds of what a controller makes for Services
public record Inventory<K extends Enum<K>>(Map<K, Integer> counts) {
  public Inventory {
    counts = Map.copyOf(counts);
  }

  public int of(K kind) {
    return counts.getOrDefault(kind, 0);
  }

  /// What there is more of than `before`: fewer of one kind do not make up for more of another.
  public Inventory<K> beyond(Inventory<K> before) {
    var more = new TreeMap<K, Integer>();
    counts.forEach((kind, count) -> {
      if (count > before.of(kind)) {
        more.put(kind, count - before.of(kind));
      }
    });
    return new Inventory<>(more);
  }

  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// For messages, as in `1 LISTENER, 2 TARGET_GROUP`.
  @Override
  public String toString() {
    return new TreeMap<>(counts)
        .entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
  }
}
