// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.pool.Allocator;
import dev.fairway.metal.pool.Occupied;
import dev.fairway.metal.pool.PoolState;
import java.util.Comparator;
import java.util.List;

/// What is to be said of a pool: pure.
final class PoolFindings {
  private static final int NAMED = 3;

  private PoolFindings() {}

  static List<Finding> of(Allocator.Usage use) {
    return List.of(
        new Finding(
            Finding.VALID,
            use.state() instanceof PoolState.Usable,
            use.state().reason(),
            use.state().message()),
        overlap(use));
  }

  // Those addresses are given to nobody, so the pool goes on: a node that joins must not stop it.
  private static Finding overlap(Allocator.Usage use) {
    if (use.overlaps().isEmpty()) {
      return new Finding(
          "Overlapping", false, "NoOverlap", "the cluster uses none of its addresses");
    }
    var sorted =
        use.overlaps().stream()
            .sorted(
                Comparator.comparing(Occupied::reason).thenComparing(one -> one.range().first()))
            .toList();
    var named = sorted.stream().limit(NAMED).map(one -> one.range() + " of " + one.what()).toList();
    return new Finding(
        "Overlapping",
        true,
        sorted.getFirst().reason(),
        "spec.addresses: %s%s in this pool; they are given to nobody, take them out"
            .formatted(
                String.join(", ", named),
                sorted.size() > NAMED
                    ? " and %d more are".formatted(sorted.size() - NAMED)
                    : sorted.size() > 1 ? " are" : " is"));
  }
}
