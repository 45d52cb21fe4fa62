// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.time.Duration;

/// Many Services of different names are made and deleted again. The cloud answers at once here: it
/// is about memory, not about time.
final class Churn implements Phase {
  private static final int AT_A_TIME = 200;
  private static final double MEBI = 1024 * 1024;

  @Override
  public String title() {
    return "Services come and go";
  }

  @Override
  public void run(Trial trial) {
    trial.wipe();
    trial.lab().cloud().takesPerCall(Duration.ZERO);
    trial.start(true);
    // The first ones make the process load and set up what it then keeps.
    comeAndGo(trial, "warm", AT_A_TIME);
    trial.awaitRest(Trial.patience(AT_A_TIME));
    var before = trial.heap();
    var left = trial.sizes().churned();
    for (var round = 1; left > 0; round++) {
      comeAndGo(trial, "churn-" + round, Math.min(left, AT_A_TIME));
      left -= AT_A_TIME;
    }
    trial.awaitRest(Trial.patience(AT_A_TIME));
    var after = trial.heap();
    trial.say("%.1f MiB before, %.1f MiB after".formatted(before / MEBI, after / MEBI));
    trial.findings().put(Figure.HEAP_AFTER_CHURN_RATIO, after / (double) before);
    trial.findings().size("churned", trial.sizes().churned());
    trial.findings().size("heapBeforeChurnKiB", before / 1024);
    trial.findings().size("heapAfterChurnKiB", after / 1024);
  }

  private static void comeAndGo(Trial trial, String prefix, int count) {
    var names = BenchServices.names(prefix, count);
    trial.services().createAll(names);
    trial.services().awaitAddresses(names, Trial.patience(count));
    trial.services().deleteAll(names);
    trial.services().awaitGone(names, Trial.patience(count));
  }
}
