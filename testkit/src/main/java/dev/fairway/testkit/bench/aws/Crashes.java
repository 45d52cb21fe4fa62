// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.bench.CrashTally;
import dev.fairway.testkit.bench.CrashTally.Change;
import java.util.List;
import java.util.Set;

/// The controller is killed after each mutating call of the creation and of the deletion of a
/// Service.
final class Crashes implements AwsPhase {
  @Override
  public String title() {
    return "crashes at every step";
  }

  @Override
  public Set<AwsFigure> figures() {
    return Set.of(AwsFigure.CRASH_POINTS, AwsFigure.LEAKED_AFTER_CRASH);
  }

  @Override
  public void run(AwsTrial trial) {
    var tally = new CrashTally<>(trial);
    for (var change : List.of(Change.CREATE, Change.DELETE)) {
      trial.outcome().detail("mutatingCallsOf" + change, tally.crashAtEveryStepOf(change));
    }
    tally.notes().forEach(trial.outcome()::note);
    trial.outcome().put(AwsFigure.CRASH_POINTS, tally.points());
    trial.outcome().put(AwsFigure.LEAKED_AFTER_CRASH, tally.leaked());
    trial.outcome().detail("crashPointsNotSettled", tally.unsettled());
  }
}
