// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.process.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Kills a controller after each mutating call of a change of a Service, each time in a cloud with
/// nothing in it. It is started again and has its time; then the Service is deleted, and what is
/// left in the cloud is counted.
///
/// @param <K> what the controller makes
public final class CrashTally<K extends Enum<K>> {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final CrashStage<K> stage;
  private final List<String> notes = new ArrayList<>();
  private int points;
  private int leaked;
  private int unsettled;

  /// What is under way when it is killed.
  public enum Change {
    /// A Service is created.
    CREATE,
    /// A Service is created, and deleted while no controller runs.
    CREATE_THEN_DELETE_WHILE_DOWN,
    /// A Service is deleted.
    DELETE
  }

  /// What happens without a crash.
  ///
  /// @param steps mutating calls
  /// @param left in the cloud when the Service was deleted: what is there for the Services to come
  private record Uneventful<K extends Enum<K>>(int steps, Inventory<K> left) {}

  public CrashTally(CrashStage<K> stage) {
    this.stage = stage;
  }

  /// Returns how many mutating calls the change takes.
  public int crashAtEveryStepOf(Change change) {
    var uneventful = uneventful(change);
    stage.say("%s takes %d steps".formatted(change, uneventful.steps()));
    for (var step = 1; step <= uneventful.steps(); step++) {
      crash(change, step, uneventful.left());
    }
    return uneventful.steps();
  }

  /// How many crashes there were.
  public int points() {
    return points;
  }

  /// How many objects were left over.
  public int leaked() {
    return leaked;
  }

  /// After how many crashes the controller did not get on.
  public int unsettled() {
    return unsettled;
  }

  /// What was left, and what did not come to an end.
  public List<String> notes() {
    return List.copyOf(notes);
  }

  private Uneventful<K> uneventful(Change change) {
    var name = "uneventful-" + change.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    begin(change, name);
    var steps =
        stage.mutatingCallsOf(() -> {
          make(change, name);
          switch (change) {
            case CREATE, CREATE_THEN_DELETE_WHILE_DOWN -> awaitAddress(name);
            case DELETE -> awaitGone(name);
          }
        });
    end(name);
    return new Uneventful<>(steps, stage.stock());
  }

  private void crash(Change change, int step, Inventory<K> usual) {
    var name = "crash-" + ++points;
    begin(change, name);
    var point = stage.crashAfter(step);
    make(change, name);
    Until.isTrue(
        "the crash at step %d of %s".formatted(step, change),
        LIMIT,
        () -> point.reached().getAsBoolean() && !stage.isAlive());
    point.mend().run();
    if (change == Change.CREATE_THEN_DELETE_WHILE_DOWN) {
      stage.services().delete(name);
    }
    try {
      stage.startInHurry();
      awaitEndOf(change, name);
      end(name);
    } catch (IllegalStateException e) {
      unsettled++;
      notes.add("%s step %d: %s".formatted(change, step, e.getMessage()));
    }
    var left = stage.stock().beyond(usual);
    if (left.total() > 0) {
      notes.add("%s step %d left %s".formatted(change, step, left));
    }
    leaked += left.total();
  }

  private void begin(Change change, String name) {
    stage.beginAnew();
    stage.startInHurry();
    if (change == Change.DELETE) {
      stage.services().create(name, 80);
      awaitAddress(name);
      stage.settle();
    }
  }

  private void make(Change change, String name) {
    switch (change) {
      case CREATE, CREATE_THEN_DELETE_WHILE_DOWN -> stage.services().create(name, 80);
      case DELETE -> stage.services().delete(name);
    }
  }

  private void awaitEndOf(Change change, String name) {
    switch (change) {
      case CREATE -> awaitAddress(name);
      case CREATE_THEN_DELETE_WHILE_DOWN, DELETE -> awaitGone(name);
    }
  }

  private void awaitAddress(String name) {
    stage.services().awaitAddresses(List.of(name), LIMIT);
  }

  private void awaitGone(String name) {
    stage.services().awaitGone(List.of(name), LIMIT);
  }

  private void end(String name) {
    stage.settle();
    if (!stage.services().isGone(name)) {
      stage.services().delete(name);
      awaitGone(name);
      stage.settle();
    }
  }
}
