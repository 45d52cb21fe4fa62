// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.specs;

import dev.fairway.testkit.world.Host;
import dev.fairway.testkit.world.HttpAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Requests at an even pace, each on a new connection, whether or not the one before was answered.
final class Load implements AutoCloseable {
  private static final Duration ONE_TRY = Duration.ofSeconds(5);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final Queue<CompletableFuture<HttpAnswer>> answers = new ConcurrentLinkedQueue<>();

  private Load() {}

  static Load start(Host from, String ip, int port, int perSecond) {
    var load = new Load();
    var _ =
        load.clock.scheduleAtFixedRate(
            () -> load.answers.add(from.getSoon(ip, port, ONE_TRY)),
            0,
            TimeUnit.SECONDS.toNanos(1) / perSecond,
            TimeUnit.NANOSECONDS);
    return load;
  }

  /// What became of the requests since the last time. Waits for those under way, as the ones that
  /// fail take longest.
  Tally next() {
    var ended = new ArrayList<HttpAnswer>();
    for (var remaining = answers.size(); remaining > 0; remaining--) {
      ended.add(answers.remove().join());
    }
    return Tally.of(ended);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  /// @param failures what came in place of a good answer
  record Tally(int asked, List<HttpAnswer> failures) {
    static Tally of(List<HttpAnswer> answers) {
      return new Tally(answers.size(), answers.stream().filter(answer -> !answer.isOk()).toList());
    }

    /// 0 to 1.
    double success() {
      return 1 - (double) failures.size() / asked;
    }

    @Override
    public String toString() {
      return "%d requests, %.2f %% answered, failures %s"
          .formatted(asked, 100 * success(), failures);
    }
  }
}
