// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.process.Until;
import java.time.Duration;
import java.util.Optional;

/// The controller is killed and started again; nothing had to be done, but for a few Services that
/// are made while it starts. Of those the slowest counts: where a single one comes to stand in a
/// queue of all is luck.
final class Restart implements Phase {
  private static final String NEW = "made-during-restart";
  private static final int COUNT = 5;
  private static final Duration APART = Duration.ofMillis(200);

  @Override
  public String title() {
    return "restart";
  }

  @Override
  public void run(Trial trial) {
    var patience = Trial.patience(trial.sizes().services());
    var names = BenchServices.names(NEW, COUNT);
    trial.kill();
    var calls = trial.lab().cloud().callCount();
    var writes = trial.writes().size();
    trial.launch(false);
    names.forEach(name -> {
      trial.services().create(name, 80);
      Until.pause(APART);
    });
    trial.services().awaitAddresses(names, patience);
    trial.awaitRest(patience);

    trial.findings().put(Figure.RESTART_MUTATING_CALLS, mutatingCalls(trial, calls));
    trial.findings().put(Figure.RESTART_EVENTS, events(trial, writes));
    trial
        .findings()
        .put(
            Figure.NEW_SERVICE_DURING_RESTART_SECONDS,
            trial.services().p99Seconds(names).orElseThrow());
    trial.findings().size("madeDuringRestart", COUNT);
    trial.findings().size("restartCallsOfAnyKind", trial.lab().cloud().callsAfter(calls).size());
  }

  private static double mutatingCalls(Trial trial, int before) {
    return trial.mutatingCallsAfter(before).stream()
        .filter(call -> !isNew(call.key().map(LoadBalancerKey::name)))
        .count();
  }

  private static double events(Trial trial, int before) {
    return trial.writes().stream()
        .skip(before)
        .filter(AuditLog.Write::isEvent)
        .filter(event -> !isNew(Optional.of(event.name())))
        .count();
  }

  private static boolean isNew(Optional<String> name) {
    return name.filter(text -> text.startsWith(NEW)).isPresent();
  }
}
