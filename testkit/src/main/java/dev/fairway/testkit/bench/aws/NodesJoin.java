// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.aws.Calls;
import dev.fairway.testkit.bench.BenchServices;
import dev.fairway.testkit.bench.aws.AwsSubject.Launch;
import java.util.Set;

/// Ten nodes join at once; and once more after a restart, which is told beside the figures.
final class NodesJoin implements AwsPhase {
  private static final int SERVICES = 50;
  private static final int JOINING = 10;

  // Each controller takes its time to collect nodes; looking often would only disturb.
  private static final int LOOKS = 12;

  @Override
  public String title() {
    return "%d nodes join %d Services".formatted(JOINING, SERVICES);
  }

  @Override
  public Set<AwsFigure> figures() {
    return Set.of(AwsFigure.NODE_JOIN_PER_TARGET_GROUP, AwsFigure.NODE_JOIN_DESCRIBES);
  }

  @Override
  public void run(AwsTrial trial) {
    trial.startAndSettle(Launch.PLAIN.forMany());
    trial.createInTurns(BenchServices.names("joined", SERVICES));
    trial.settle();
    var calls = join(trial);
    trial
        .outcome()
        .put(
            AwsFigure.NODE_JOIN_PER_TARGET_GROUP,
            calls.of("RegisterTargets").count() / (double) SERVICES);
    trial.outcome().put(AwsFigure.NODE_JOIN_DESCRIBES, calls.describes().count());
    trial.outcome().detail("nodeJoinServices", SERVICES);
    trial.outcome().detail("nodesJoining", JOINING);
    trial.outcome().detail("nodeJoinCalls", calls.byAction());
    trial.kill();
    trial.startAndSettle(Launch.PLAIN.forMany());
    // A process that knows the targets only by asking.
    trial.outcome().detail("nodeJoinCallsAfterRestart", join(trial).byAction());
  }

  private static Calls join(AwsTrial trial) {
    var joining = trial.seed().addInstances(JOINING);
    return trial.callsOf(() -> {
      trial.nodes().create(AwsNodes.of(joining));
      awaitTargets(trial);
    });
  }

  private static void awaitTargets(AwsTrial trial) {
    var nodes = trial.nodes().count();
    var complete = 0L;
    for (var look = 1; look <= LOOKS; look++) {
      trial.settle();
      var stock = trial.lab().stock();
      complete =
          stock.targetGroups().stream().filter(group -> stock.targets(group) == nodes).count();
      if (complete == SERVICES) {
        return;
      }
    }
    throw new IllegalStateException(
        "only %d of %d target groups have all %d nodes".formatted(complete, SERVICES, nodes));
  }
}
