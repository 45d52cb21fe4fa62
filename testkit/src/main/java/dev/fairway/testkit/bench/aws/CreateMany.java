// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.aws.fault.Fault;
import dev.fairway.testkit.aws.fault.FaultRule;
import dev.fairway.testkit.aws.fault.When;
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
    var names = AwsTrial.names("web", trial.options().sizes().few());
    var latency = trial.options().latency();
    trial.startAndSettle(Launch.PLAIN.forMany());
    trial.lab().proxy().faults().add(FaultRule.on(When.any(), new Fault.Delay(latency)));
    var calls = trial.callsOf(() -> trial.createAndAwait(names));
    trial.findings().put(AwsFigure.CREATE_ALL_SECONDS, trial.services().secondsForAll(names));
    trial.findings().detail("createAllServices", names.size());
    trial.findings().detail("createAllLatencyMillis", latency.toMillis());
    trial.findings().detail("createAllCallsPerService", calls.count() / (double) names.size());
  }
}
