// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.aws.fault.CrashPoint;
import dev.fairway.testkit.bench.aws.AwsSubject.Launch;
import dev.fairway.testkit.process.Until;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The controller is killed after each mutating call of the creation and of the deletion of a
/// Service, each time in a new account. It is started again and has its time; then the Service is
/// deleted, and what is left in AWS is counted.
final class Crashes implements AwsPhase {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Launch LAUNCH = Launch.PLAIN.inHurry();

  private enum Change {
    CREATE,
    DELETE
  }

  /// What happens without a crash.
  ///
  /// @param steps mutating calls
  /// @param left in AWS when the Service was deleted: what is there for the Services to come
  private record Uneventful(int steps, Inventory left) {}

  private int points;
  private int leaked;
  private int unsettled;

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
    for (var change : Change.values()) {
      var uneventful = uneventful(trial, change);
      trial.say("%s takes %d steps".formatted(change, uneventful.steps()));
      trial.findings().detail("mutatingCallsOf" + change, uneventful.steps());
      for (var step = 1; step <= uneventful.steps(); step++) {
        crash(trial, change, step, uneventful.left());
      }
    }
    trial.findings().put(AwsFigure.CRASH_POINTS, points);
    trial.findings().put(AwsFigure.LEAKED_AFTER_CRASH, leaked);
    trial.findings().detail("crashPointsNotSettled", unsettled);
  }

  private static Uneventful uneventful(AwsTrial trial, Change change) {
    var name = "uneventful-" + change.toString().toLowerCase(Locale.ROOT);
    begin(trial, change, name);
    var calls = trial.callsOf(() -> makeAndAwait(trial, change, name));
    end(trial, name);
    return new Uneventful(calls.mutating().count(), trial.lab().stock().take());
  }

  private void crash(AwsTrial trial, Change change, int step, Inventory usual) {
    var name = "crash-" + ++points;
    var faults = trial.lab().proxy().faults();
    begin(trial, change, name);
    var point = faults.add(new CrashPoint(step, trial::kill));
    make(trial, change, name);
    Until.isTrue(
        "the crash at step %d of %s".formatted(step, change),
        LIMIT,
        () -> point.reached() && !trial.isAlive());
    point.mend();
    faults.remove(point);
    try {
      trial.startAndSettle(LAUNCH);
      makeSure(trial, change, name);
      end(trial, name);
    } catch (IllegalStateException e) {
      unsettled++;
      trial.findings().note("%s step %d: %s".formatted(change, step, e.getMessage()));
    }
    var left = trial.lab().stock().take().beyond(usual);
    if (left.total() > 0) {
      trial.findings().note("%s step %d left %s".formatted(change, step, left));
    }
    leaked += left.total();
  }

  private static void begin(AwsTrial trial, Change change, String name) {
    trial.beginAnew();
    trial.startAndSettle(LAUNCH);
    if (change == Change.DELETE) {
      trial.createAndAwait(List.of(name));
      trial.settle();
    }
  }

  private static void make(AwsTrial trial, Change change, String name) {
    switch (change) {
      case CREATE -> trial.services().create(name, 80);
      case DELETE -> trial.services().delete(name);
    }
  }

  private static void makeAndAwait(AwsTrial trial, Change change, String name) {
    make(trial, change, name);
    makeSure(trial, change, name);
  }

  private static void makeSure(AwsTrial trial, Change change, String name) {
    switch (change) {
      case CREATE -> trial.services().awaitAddresses(List.of(name), LIMIT);
      case DELETE -> trial.services().awaitGone(List.of(name), LIMIT);
    }
  }

  private static void end(AwsTrial trial, String name) {
    trial.settle();
    if (!trial.services().isGone(name)) {
      trial.deleteAndAwait(name);
      trial.settle();
    }
  }
}
