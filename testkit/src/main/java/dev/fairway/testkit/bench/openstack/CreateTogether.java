// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.BenchServices;
import dev.fairway.testkit.bench.openstack.OpenStackSubject.Pace;
import java.util.Set;

/// A controller that runs gets several Services at once.
final class CreateTogether implements OpenStackPhase {
  @Override
  public String title() {
    return "Services are created at once";
  }

  @Override
  public Set<OpenStackFigure> figures() {
    return Set.of(OpenStackFigure.CREATE_ALL_SECONDS);
  }

  @Override
  public void run(OpenStackTrial<OpenStackFigure> trial) {
    var names = BenchServices.names("web", trial.options().sizes().services());
    var _ = trial.startAndSettle(Pace.PLAIN);
    trial.site().takes(trial.options().boot());
    var calls = trial.callsOf(() -> trial.createAndAwait(names));
    trial.outcome().put(OpenStackFigure.CREATE_ALL_SECONDS, trial.services().secondsForAll(names));
    trial.outcome().detail("createAllServices", names.size());
    trial.outcome().detail("createAllCalls", calls.byOperation());
  }
}
