// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.BenchServices;
import java.time.Duration;
import java.util.Set;

/// Ten nodes join at once.
final class NodesJoin implements OpenStackPhase {
  private static final int JOINING = 10;
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @Override
  public String title() {
    return "%d nodes join".formatted(JOINING);
  }

  @Override
  public Set<OpenStackFigure> figures() {
    return Set.of(OpenStackFigure.NODE_CHURN_CALLS_PER_POOL, OpenStackFigure.NODE_CHURN_READS);
  }

  @Override
  public void run(OpenStackTrial<OpenStackFigure> trial) {
    trial.startInHurry();
    trial.createAndAwait(BenchServices.names("joined", trial.options().sizes().services()));
    trial.settle();
    var pools = new int[1];
    var calls =
        trial.callsOf(() -> {
          trial.addNodes(trial.nodes().count() + 1, JOINING);
          pools[0] = trial.awaitMembers(LIMIT);
        });
    trial
        .outcome()
        .put(OpenStackFigure.NODE_CHURN_CALLS_PER_POOL, calls.writes().count() / (double) pools[0]);
    trial.outcome().put(OpenStackFigure.NODE_CHURN_READS, calls.reads().count());
    trial.outcome().detail("nodeChurnPools", pools[0]);
    trial.outcome().detail("nodesJoining", JOINING);
    trial.outcome().detail("nodeChurnCalls", calls.byOperation());
  }
}
