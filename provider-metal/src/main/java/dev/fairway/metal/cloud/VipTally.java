// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.metal.failover.Order;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// Counts what happens to VIPs on this node. Safe for use by several threads.
final class VipTally implements Consumer<Order.Event> {
  private final LongAdder taken = new LongAdder();
  private final LongAdder takenOver = new LongAdder();
  private final LongAdder givenUp = new LongAdder();
  private final LongAdder conflicts = new LongAdder();

  @Override
  public void accept(Order.Event event) {
    switch (event) {
      case Order.Took(_, var term, _) -> {
        taken.increment();
        if (term.moves() > 0 || !term.connected()) {
          takenOver.increment();
        }
      }
      case Order.GaveUp _ -> givenUp.increment();
      case Order.Conflict _ -> conflicts.increment();
      case Order.SplitPath _ -> {}
    }
  }

  /// How often this node began to answer for a VIP.
  long taken() {
    return taken.sum();
  }

  /// How often of these because those before it in the list fell silent or gave it up.
  long takenOver() {
    return takenOver.sum();
  }

  long givenUp() {
    return givenUp.sum();
  }

  /// How often a host was found to have the address of a VIP before its first use.
  long conflicts() {
    return conflicts.sum();
  }
}
