// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.process.Until;
import dev.fairway.testkit.sim.Fault;
import dev.fairway.testkit.sim.SimulatedObserved;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The controller is killed before and after each mutating call of each kind of change, every one
/// of them and not a sample. It is started again and has its time; then the Service is deleted, and
/// what is left in the cloud is counted.
final class CrashPoints implements Phase {
  // The order of things matters here, not their pace.
  private static final Duration LATENCY = Duration.ofMillis(20);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private int points;
  private int leaked;
  private int unsettled;

  @Override
  public String title() {
    return "crashes at every step";
  }

  @Override
  public void run(Trial trial) {
    trial.wipe();
    trial.lab().cloud().takesPerCall(LATENCY);
    trial.lab().onCrash(trial::crash);
    trial.start(true);
    for (var change : CrashChange.values()) {
      var steps = steps(trial, change);
      var before = leaked;
      for (var step = 1; step <= steps; step++) {
        for (var fault : List.of(new Fault.CrashBefore(), new Fault.CrashAfter())) {
          crash(trial, change, step, fault);
        }
      }
      trial.say("%s: %d steps, %d objects left over".formatted(change, steps, leaked - before));
      if (leaked > before) {
        trial.findings().note("%d objects leaked at %s".formatted(leaked - before, change));
      }
    }
    trial.findings().put(Figure.LEAKED_AFTER_CRASH, leaked);
    trial.findings().put(Figure.CRASH_POINTS, points);
    trial.findings().size("crashPointsNotSettled", unsettled);
  }

  /// How many mutating calls it takes when nothing goes wrong.
  private static int steps(Trial trial, CrashChange change) {
    var name = "uneventful-" + change.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    begin(trial, change, name);
    var before = trial.lab().cloud().callCount();
    change.make(trial, name);
    if (change == CrashChange.DELETE) {
      trial.services().awaitGone(List.of(name), LIMIT);
    } else {
      awaitServed(trial, name);
    }
    var steps = trial.mutatingCallsAfter(before).size();
    end(trial, change, name);
    return steps;
  }

  private static void begin(Trial trial, CrashChange change, String name) {
    change.prepare(trial, name);
    if (change.beginsWithAService()) {
      awaitServed(trial, name);
    }
  }

  private static void end(Trial trial, CrashChange change, String name) {
    if (!trial.services().isGone(name)) {
      trial.services().delete(name);
      trial.services().awaitGone(List.of(name), LIMIT);
    }
    change.undo(trial);
  }

  private void crash(Trial trial, CrashChange change, int step, Fault fault) {
    var name = "crash-" + ++points;
    begin(trial, change, name);
    trial.lab().cloud().inject(Fault.Script.atMutatingCall(step, fault));
    change.make(trial, name);
    Until.isTrue(
        "the crash at step %d of %s".formatted(step, change), LIMIT, () -> !trial.isAlive());
    trial.lab().cloud().inject(Fault.Script.none());
    change.whileDown(trial, name);
    trial.launch(true);
    try {
      if (!change.endsWithoutService()) {
        awaitServed(trial, name);
      } else {
        trial.services().awaitGone(List.of(name), LIMIT);
      }
      end(trial, change, name);
    } catch (IllegalStateException e) {
      unsettled++;
      trial.findings().note("%s, %s step %d: %s".formatted(change, fault, step, e.getMessage()));
      trial.services().delete(name);
      trial.services().dropFinalizers(name);
      change.undo(trial);
    }
    leaked += Served.count(truth(trial, name));
    trial.lab().cloud().loseBehindTheBack(key(name));
  }

  private static void awaitServed(Trial trial, String name) {
    var nodes = trial.nodes().names();
    Until.isTrue(
        name + " to be served",
        LIMIT,
        () ->
            trial.services().hasAddress(name)
                && Served.exactly(truth(trial, name), trial.services().get(name), nodes));
  }

  private static SimulatedObserved truth(Trial trial, String name) {
    return trial.lab().cloud().truth().stream()
        .filter(seen -> seen.key().equals(key(name)))
        .findFirst()
        .orElseGet(() -> SimulatedObserved.nothing(key(name)));
  }

  private static LoadBalancerKey key(String name) {
    return LoadBalancerKey.ofService(BenchServices.NAMESPACE, name);
  }
}
