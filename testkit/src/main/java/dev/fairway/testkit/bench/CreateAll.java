// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

/// A controller that runs gets all Services at once.
final class CreateAll implements Phase {
  @Override
  public String title() {
    return "all Services are created";
  }

  @Override
  public void run(Trial trial) {
    var count = trial.sizes().services();
    var names = BenchServices.names("web", count);
    trial.start(false);
    trial.awaitRest(Trial.patience(0));
    var before = trial.writes().size();
    trial.services().createAll(names);
    trial.services().awaitAddresses(names, Trial.patience(count));
    trial.awaitRest(Trial.patience(count));
    trial.findings().put(Figure.SERVICES, count);
    trial.findings().put(Figure.NODES, trial.sizes().nodes());
    trial.findings().put(Figure.CREATE_ALL_SECONDS, trial.services().secondsForAll(names));
    trial
        .findings()
        .put(Figure.API_WRITES_PER_SERVICE, (trial.writes().size() - before) / (double) count);
  }
}
