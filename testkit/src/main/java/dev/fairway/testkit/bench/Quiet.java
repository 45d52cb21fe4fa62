// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.process.Until;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Waits for a controller to come to rest.
public final class Quiet {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Quiet() {}

  /// Waits until a count has stood still for `quiet`.
  ///
  /// @param calls how often something was called so far
  /// @throws IllegalStateException after `limit`
  public static void await(LongSupplier calls, Duration quiet, Duration limit) {
    var seen = new long[] {-1, System.nanoTime()};
    Until.isTrue(
        "the controller to come to rest",
        limit,
        () -> {
          Until.pause(PAUSE);
          var now = calls.getAsLong();
          if (now != seen[0]) {
            seen[0] = now;
            seen[1] = System.nanoTime();
          }
          return System.nanoTime() - seen[1] > quiet.toNanos();
        });
  }
}
