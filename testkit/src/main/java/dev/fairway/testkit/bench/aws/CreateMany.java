// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.aws.fault.Fault;
import dev.fairway.testkit.aws.fault.FaultRule;
import dev.fairway.testkit.aws.fault.When;
import dev.fairway.testkit.bench.BenchServices;
import dev.fairway.testkit.bench.aws.AwsSubject.Launch;
import java.util.Set;

/// A controller that runs gets many Services at once; each call takes the time of the options.
final class CreateMany implements AwsPhase {
  @Override
  public String title() {
    return "many Services are created";
  }

  @Override
  public Set<AwsFigure> figures() {
    return Set.of(AwsFigure.CREATE_ALL_SECONDS);
  }

  @Override
  public void run(AwsTrial trial) {
    var names = BenchServices.names("web", trial.options().sizes().few());
    var latency = trial.options().latency();
    trial.startAndSettle(Launch.PLAIN.forMany());
    trial.lab().proxy().faults().add(FaultRule.on(When.any(), new Fault.Delay(latency)));
    var calls = trial.callsOf(() -> trial.createAndAwait(names));
    trial.outcome().put(AwsFigure.CREATE_ALL_SECONDS, trial.services().secondsForAll(names));
    trial.outcome().detail("createAllServices", names.size());
    trial.outcome().detail("createAllLatencyMillis", latency.toMillis());
    trial.outcome().detail("createAllCallsPerService", calls.count() / (double) names.size());
  }
}
