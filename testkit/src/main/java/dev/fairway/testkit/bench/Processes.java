// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.process.Until;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/// The processes of one controller, which come and go.
public final class Processes {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final List<Started> all = new CopyOnWriteArrayList<>();

  /// @param ready whether it works, or stands by
  public record Started(ChildProcess process, BooleanSupplier ready) {}

  /// Takes one in, and waits until it is ready.
  ///
  /// @throws IllegalStateException when that takes too long, or it ends before
  public Started await(Started started) {
    all.add(started);
    Until.isTrue(
        started.process().name() + " to be ready",
        START_LIMIT,
        () -> {
          started.process().requireAlive();
          return started.ready().getAsBoolean();
        });
    return started;
  }

  /// Ends all of them as a crash does.
  public void kill() {
    all.forEach(started -> started.process().kill9());
    all.clear();
  }

  public boolean isAlive() {
    return all.stream().anyMatch(started -> started.process().isAlive());
  }
}
