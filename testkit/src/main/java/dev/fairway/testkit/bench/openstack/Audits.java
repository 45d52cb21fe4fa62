// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.openstack.Calls;
import dev.fairway.testkit.process.Until;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.IntStream;

/// What a controller that is at rest calls when it looks at everything again by itself.
final class Audits {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Audits() {}

  /// Of the next ones, the one with the most calls.
  ///
  /// @throws IllegalStateException when none comes
  static Calls worstOf(OpenStackTrial<?> trial, int audits) {
    return IntStream.range(0, audits)
        .mapToObj(_ -> next(trial))
        .max(Comparator.comparingInt(Calls::count))
        .orElseThrow();
  }

  private static Calls next(OpenStackTrial<?> trial) {
    return trial.callsOf(() -> {
      var mark = trial.proxy().calls().mark();
      Until.isTrue(
          "an audit",
          Duration.ofSeconds(60L + trial.options().auditSeconds()),
          () -> {
            Until.pause(PAUSE);
            return trial.proxy().calls().mark() > mark;
          });
    });
  }
}
