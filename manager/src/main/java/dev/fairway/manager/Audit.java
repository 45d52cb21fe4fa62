// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at everything again, once an interval, give or take a fifth of it: controllers that were
/// started together must not call a cloud together.
final class Audit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
  private static final double JITTER = 0.2;

  private final Duration interval;
  private final RandomGenerator random;
  private final Runnable look;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("audit").factory());

  /// @param interval zero for never
  Audit(Duration interval, RandomGenerator random, Runnable look) {
    this.interval = interval;
    this.random = random;
    this.look = look;
  }

  void start() {
    if (!interval.isZero()) {
      next();
    }
  }

  private void next() {
    var delay = interval.toMillis() * (1 + JITTER * random.nextDouble(-1, 1));
    var _ = timer.schedule(this::turn, (long) delay, TimeUnit.MILLISECONDS);
  }

  // What is thrown out of a turn would end all further ones.
  private void turn() {
    try {
      look.run();
    } catch (RuntimeException e) {
      LOG.warn("audit failed, the next one is in about {}: {}", interval, e.getMessage());
    }
    if (!timer.isShutdown()) {
      next();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
