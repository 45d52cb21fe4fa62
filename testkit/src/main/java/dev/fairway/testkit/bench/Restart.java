// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.List;
import java.util.Optional;

/// The controller is killed and started again; nothing had to be done, but for one Service that is
/// made at that moment.
final class Restart implements Phase {
  private static final String NEW = "made-during-restart";

  @Override
  public String title() {
    return "restart";
  }

  @Override
  public void run(Trial trial) {
    var patience = Trial.patience(trial.sizes().services());
    trial.kill();
    var calls = trial.lab().cloud().callCount();
    var writes = trial.writes().size();
    var start = System.nanoTime();
    trial.launch(false);
    trial.services().create(NEW, 80);
    trial.services().awaitAddresses(List.of(NEW), patience);
    trial.awaitRest(patience);

    var key = Optional.of(LoadBalancerKey.ofService(BenchServices.NAMESPACE, NEW));
    var mutating =
        trial.mutatingCallsAfter(calls).stream().filter(call -> !call.key().equals(key)).count();
    var events =
        trial.writes().stream()
            .skip(writes)
            .filter(write -> write.isEvent() && !write.name().startsWith(NEW + "."))
            .count();
    var all = trial.lab().cloud().callsAfter(calls).size();
    trial.findings().put(Figure.RESTART_MUTATING_CALLS, (double) mutating);
    trial.findings().put(Figure.RESTART_EVENTS, (double) events);
    trial
        .findings()
        .put(
            Figure.NEW_SERVICE_DURING_RESTART_SECONDS,
            (trial.services().addressedAt(NEW) - start) / 1e9);
    trial.findings().size("restartCallsOfAnyKind", all);
  }
}
