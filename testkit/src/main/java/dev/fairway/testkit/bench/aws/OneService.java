// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.aws.Calls;
import dev.fairway.testkit.bench.aws.AwsSubject.Launch;
import java.util.List;
import java.util.Set;

/// One Service is created, touched, changed and deleted, beside another one at rest.
final class OneService implements AwsPhase {
  private static final String NAME = "one";

  @Override
  public String title() {
    return "the life of one Service";
  }

  @Override
  public Set<AwsFigure> figures() {
    return Set.of(AwsFigure.CREATE, AwsFigure.NOOP, AwsFigure.PORT_ADDED, AwsFigure.DELETE);
  }

  @Override
  public void run(AwsTrial trial) {
    trial.startAndSettle(Launch.PLAIN);
    // What a controller does and learns once for all Services is not the price of the next one.
    trial.createAndAwait(List.of("neighbour"));
    trial.settle();
    put(trial, AwsFigure.CREATE, trial.callsOf(() -> trial.createAndAwait(List.of(NAME))));
    put(trial, AwsFigure.NOOP, trial.callsOf(() -> trial.services().touch(NAME)));
    var before = listeners(trial);
    put(trial, AwsFigure.PORT_ADDED, trial.callsOf(() -> trial.services().setPorts(NAME, 80, 443)));
    if (listeners(trial) != before + 1) {
      throw new IllegalStateException("the second port has no listener");
    }
    trial.services().setPorts(NAME, 80);
    trial.settle();
    put(trial, AwsFigure.DELETE, trial.callsOf(() -> trial.deleteAndAwait(NAME)));
  }

  private static int listeners(AwsTrial trial) {
    return trial.lab().stock().take().of(AwsKind.LISTENER);
  }

  private static void put(AwsTrial trial, AwsFigure figure, Calls calls) {
    trial.outcome().put(figure, calls.count());
    trial.outcome().detail(figure.key() + "Calls", calls.byAction());
  }
}
