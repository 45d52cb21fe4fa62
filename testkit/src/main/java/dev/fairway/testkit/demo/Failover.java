// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import dev.fairway.testkit.demo.Streak.Probe;
import dev.fairway.testkit.process.Until;
import dev.fairway.testkit.world.HttpAnswer;
import dev.fairway.testkit.world.NodeHost;
import dev.fairway.testkit.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/// Cuts a node off and measures how long an address is gone.
final class Failover {
  private static final Duration PACE = Duration.ofMillis(10);
  private static final Duration ONE_TRY = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int PROBES_PER_REPORT = 500;
  private static final Streak BACK_FOR_GOOD = new Streak(10);

  private final World world;
  private final String ip;
  private final int port;
  private final Narrator narrator;
  private final long start;

  private Failover(World world, String ip, int port, Narrator narrator) {
    this.narrator = narrator;
    this.world = world;
    this.ip = ip;
    this.port = port;
    this.start = System.nanoTime();
  }

  /// Cuts `owner` off, then asks the address every 10 ms from the client on the LAN.
  ///
  /// @return from the cut until the first of ten answers in a row
  /// @throws IllegalStateException when it does not come back within a minute
  static Duration measure(World world, NodeHost owner, String ip, int port, Narrator narrator) {
    Failover failover = new Failover(world, ip, port, narrator);
    owner.unplug();
    CompletableFuture<Void> reported = CompletableFuture.runAsync(owner::cut);
    Duration gone = failover.awaitReturn();
    reported.join();
    return gone;
  }

  private Duration awaitReturn() {
    List<Probe> probes = new ArrayList<>();
    while (elapsed().compareTo(LIMIT) < 0) {
      probes.add(probe());
      OptionalInt begin = BACK_FOR_GOOD.begin(probes);
      if (begin.isPresent()) {
        return probes.get(begin.getAsInt()).success().join().orElseThrow();
      }
      if (probes.size() % PROBES_PER_REPORT == 0) {
        narrator.step(
            "no answers in a row yet, %d s after the cut".formatted(elapsed().toSeconds()));
      }
      Duration untilNext = PACE.multipliedBy(probes.size()).minus(elapsed());
      if (untilNext.isPositive()) {
        Until.pause(untilNext);
      }
    }
    throw new IllegalStateException(
        "%s:%d did not come back within %d s".formatted(ip, port, LIMIT.toSeconds()));
  }

  // None waits for the one before: a request that hangs must not hide that the next one is
  // answered.
  private Probe probe() {
    Duration sent = elapsed();
    CompletableFuture<HttpAnswer> answer = world.client().getSoon(ip, port, ONE_TRY);
    return new Probe(
        sent, answer.thenApply(a -> a.isOk() ? Optional.of(elapsed()) : Optional.empty()));
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
