// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.process.Until;
import java.time.Duration;

/// One node becomes not ready, and ready again, 100 times.
final class ReadyFlap implements Phase {
  private static final int TIMES = 100;
  private static final Duration EACH = Duration.ofMillis(50);

  @Override
  public String title() {
    return "a node flaps 100 times";
  }

  @Override
  public void run(Trial trial) {
    var before = trial.lab().cloud().callCount();
    for (var n = 0; n < TIMES; n++) {
      trial.nodes().setReady(BenchNodes.name(1), false);
      Until.pause(EACH);
      trial.nodes().setReady(BenchNodes.name(1), true);
      Until.pause(EACH);
    }
    trial.awaitRest(Trial.patience(trial.sizes().services() * 5));
    trial
        .findings()
        .put(Figure.READY_FLAP_CALLS, trial.lab().cloud().callCount() - (double) before);
  }
}
