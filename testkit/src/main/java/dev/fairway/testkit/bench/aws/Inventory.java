// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/// How many objects of each kind there are in AWS.
record Inventory(Map<Kind, Integer> counts) {
  /// What a controller makes for Services.
  enum Kind {
    LOAD_BALANCER,
    LISTENER,
    TARGET_GROUP,
    SECURITY_GROUP,
    SECURITY_GROUP_RULE
  }

  Inventory {
    counts = Map.copyOf(counts);
  }

  int of(Kind kind) {
    return counts.getOrDefault(kind, 0);
  }

  /// What there is more of than `before`: fewer of one kind do not make up for more of another.
  Inventory beyond(Inventory before) {
    var more = new EnumMap<Kind, Integer>(Kind.class);
    for (var kind : Kind.values()) {
      var difference = of(kind) - before.of(kind);
      if (difference > 0) {
        more.put(kind, difference);
      }
    }
    return new Inventory(more);
  }

  int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// For messages, as in `1 LISTENER, 2 TARGET_GROUP`.
  @Override
  public String toString() {
    return Arrays.stream(Kind.values())
        .filter(kind -> of(kind) > 0)
        .map(kind -> of(kind) + " " + kind)
        .collect(Collectors.joining(", "));
  }
}
