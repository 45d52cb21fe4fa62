// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.process;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for something outside this process to come true, by asking again and again.
public final class Until {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Until() {}

  /// Asks until `question` answers true.
  ///
  /// @param what completes the sentence "waited 10 s in vain for …"
  /// @throws IllegalStateException when `limit` has passed or the thread is interrupted
  public static void isTrue(String what, Duration limit, BooleanSupplier question) {
    var _ =
        isPresent(
            what, limit, () -> question.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /// Asks until `question` has an answer, and returns it.
  ///
  /// @param what completes the sentence "waited 10 s in vain for …"
  /// @throws IllegalStateException when `limit` has passed or the thread is interrupted
  public static <T> T isPresent(String what, Duration limit, Supplier<Optional<T>> question) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "waited %.1f s in vain for %s".formatted(limit.toMillis() / 1000.0, what));
      }
      pause(PAUSE);
    }
  }

  /// Sleeps.
  ///
  /// @throws IllegalStateException when the thread is interrupted
  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }
}
