// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.CrashTally;
import dev.fairway.testkit.bench.CrashTally.Change;
import java.util.Set;

/// The controller is killed after each mutating call of the creation and of the deletion of a
/// Service.
final class Crashes implements OpenStackPhase {
  @Override
  public String title() {
    return "crashes at every step";
  }

  @Override
  public Set<OpenStackFigure> figures() {
    return Set.of(OpenStackFigure.CRASH_POINTS, OpenStackFigure.LEAKED_AFTER_CRASH);
  }

  @Override
  public void run(OpenStackTrial<OpenStackFigure> trial) {
    var tally = new CrashTally<>(trial);
    for (var change : Change.values()) {
      trial.outcome().detail("mutatingCallsOf" + change, tally.crashAtEveryStepOf(change));
    }
    tally.notes().forEach(trial.outcome()::note);
    trial.outcome().put(OpenStackFigure.CRASH_POINTS, tally.points());
    trial.outcome().put(OpenStackFigure.LEAKED_AFTER_CRASH, tally.leaked());
    trial.outcome().detail("crashPointsNotSettled", tally.unsettled());
  }
}
