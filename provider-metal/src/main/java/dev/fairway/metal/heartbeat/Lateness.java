// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/// How late the thread of heartbeats woke up: on a node without processor time to spare, others
/// take over what it has. Safe for use by several threads.
public final class Lateness {
  private static final Duration LATE = Duration.ofMillis(20);

  private final LongAdder turns = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder lateMillis = new LongAdder();

  void woke(Instant due, Instant at) {
    turns.increment();
    var by = Duration.between(due, at);
    if (by.compareTo(LATE) > 0) {
      late.increment();
      lateMillis.add(by.toMillis());
    }
  }

  /// How often it woke up.
  public long turns() {
    return turns.sum();
  }

  /// How often more than 20 ms late.
  public long late() {
    return late.sum();
  }

  /// By how much it was late then, all together.
  public long lateMillis() {
    return lateMillis.sum();
  }
}
