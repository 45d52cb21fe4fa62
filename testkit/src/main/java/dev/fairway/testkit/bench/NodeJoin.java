// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.time.Duration;

/// The cluster grows by 100 nodes within 5 seconds.
final class NodeJoin implements Phase {
  private static final int JOINING = 100;
  private static final Duration EACH = Duration.ofMillis(50);

  @Override
  public String title() {
    return "100 nodes join within 5 s";
  }

  @Override
  public void run(Trial trial) {
    var before = trial.lab().cloud().callCount();
    trial.nodes().create(trial.sizes().nodes() + 1, JOINING, EACH);
    trial.awaitRest(Trial.patience(trial.sizes().services() * 5));
    var updates =
        trial.mutatingCallsAfter(before).stream()
            .filter(call -> call.operation().endsWith("Targets"))
            .count();
    trial.findings().put(Figure.NODE_JOIN_HOST_UPDATES, (double) updates);
    trial.findings().size("nodesJoining", JOINING);
  }
}
