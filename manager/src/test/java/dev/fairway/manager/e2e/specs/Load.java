// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.specs;

import dev.fairway.testkit.world.Host;
import dev.fairway.testkit.world.HttpAnswer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Requests at an even pace, each on a new connection, whether or not the one before was answered.
final class Load implements AutoCloseable {
  private static final Duration ONE_TRY = Duration.ofSeconds(5);

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private final Set<CompletableFuture<Void>> underWay = ConcurrentHashMap.newKeySet();
  private final LongAdder answered = new LongAdder();
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

  private Load() {}

  static Load start(Host from, String ip, int port, int perSecond) {
    var load = new Load();
    var _ =
        load.clock.scheduleAtFixedRate(
            () -> load.ask(from, ip, port),
            0,
            TimeUnit.SECONDS.toNanos(1) / perSecond,
            TimeUnit.NANOSECONDS);
    return load;
  }

  private void ask(Host from, String ip, int port) {
    var answer = from.getSoon(ip, port, ONE_TRY).thenAccept(this::count);
    underWay.add(answer);
    var _ = answer.whenComplete((_, _) -> underWay.remove(answer));
  }

  /// What became of the requests so far. Waits for those under way: the ones that fail take
  /// longest.
  Tally tally() {
    CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new)).join();
    return ended();
  }

  private Tally ended() {
    var failed = failures.values().stream().mapToLong(LongAdder::sum).sum();
    return new Tally(answered.sum() + failed, failed, Set.copyOf(failures.keySet()));
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }

  private void count(HttpAnswer answer) {
    switch (answer) {
      case HttpAnswer.Answered(int status, String _) when status == 200 -> answered.increment();
      case HttpAnswer.Answered(int status, String _) -> failed("status " + status);
      case HttpAnswer.NoAnswer(String reason) -> failed(reason);
    }
  }

  private void failed(String reason) {
    failures.computeIfAbsent(reason, _ -> new LongAdder()).increment();
  }

  /// @param asked requests that have ended
  /// @param failed those without a complete answer
  /// @param reasons of all failures since the start
  record Tally(long asked, long failed, Set<String> reasons) {
    Tally since(Tally before) {
      return new Tally(asked - before.asked, failed - before.failed, reasons);
    }

    /// 0 to 1.
    double success() {
      return 1 - (double) failed / asked;
    }

    @Override
    public String toString() {
      return "%d requests, %d failed: %.2f %% %s"
          .formatted(asked, failed, 100 * success(), reasons);
    }
  }
}
