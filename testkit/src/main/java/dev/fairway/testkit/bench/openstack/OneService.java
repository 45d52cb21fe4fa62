// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.openstack.OpenStackSubject.Pace;
import java.util.List;
import java.util.Set;

/// One Service is created and deleted, beside another one at rest.
final class OneService implements OpenStackPhase {
  private static final String NAME = "one";

  @Override
  public String title() {
    return "the life of one Service";
  }

  @Override
  public Set<OpenStackFigure> figures() {
    return Set.of(OpenStackFigure.CREATE_CALLS, OpenStackFigure.DELETE_CALLS);
  }

  @Override
  public void run(OpenStackTrial<OpenStackFigure> trial) {
    var _ = trial.startAndSettle(Pace.PLAIN);
    // What a controller does and learns once for all Services is not the price of the next one.
    trial.createAndAwait(List.of("neighbour"));
    trial.settle();
    trial.site().takes(trial.options().boot());
    OpenStackPhase.put(
        trial,
        OpenStackFigure.CREATE_CALLS,
        trial.callsOf(() -> trial.createAndAwait(List.of(NAME))));
    OpenStackPhase.put(
        trial, OpenStackFigure.DELETE_CALLS, trial.callsOf(() -> trial.deleteAndAwait(NAME)));
  }
}
