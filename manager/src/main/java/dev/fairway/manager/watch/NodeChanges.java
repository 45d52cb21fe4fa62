// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns bursts of node changes into single calls.
final class NodeChanges implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeChanges.class);

  // A scale-up brings nodes within seconds of each other; waiting longer than this would be felt.
  static final Duration QUIET = Duration.ofSeconds(1);
  static final Duration MOST = Duration.ofSeconds(5);
  private static final long TICK_MILLIS = 100;

  private final InstantSource clock;
  private final Runnable flush;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("node-changes").daemon().factory());
  private Debounce burst = Debounce.of(QUIET, MOST);
  private Optional<Instant> latest = Optional.empty();

  NodeChanges(InstantSource clock, Runnable flush) {
    this.clock = clock;
    this.flush = flush;
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  synchronized void changed() {
    burst = burst.changed(clock.instant());
  }

  /// Calls at this time, unless nodes change before.
  synchronized void atLatest(Instant time) {
    latest = Optional.of(time);
  }

  // What is thrown out of a tick would end all further ones.
  void tick() {
    try {
      if (takeIfOver()) {
        flush.run();
      }
    } catch (RuntimeException e) {
      LOG.error("could not pass on that nodes changed, trying again", e);
      changed();
    }
  }

  private synchronized boolean takeIfOver() {
    var now = clock.instant();
    if (!burst.over(now) && latest.filter(time -> !now.isBefore(time)).isEmpty()) {
      return false;
    }
    burst = burst.reset();
    latest = Optional.empty();
    return true;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
