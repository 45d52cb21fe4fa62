// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.metal.model.Holding;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Frees addresses that were held long enough. What a process that ended did not get to, the next
/// one does: the end stands in the Vip.
final class HoldExpiry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HoldExpiry.class);
  private static final long TICK_MILLIS = 500;

  private final Ledger ledger;
  private final VipWrites writes;
  private final BooleanSupplier mayWrite;
  private final InstantSource clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("hold-expiry").daemon().factory());

  HoldExpiry(Ledger ledger, VipWrites writes, BooleanSupplier mayWrite, InstantSource clock) {
    this.ledger = ledger;
    this.writes = writes;
    this.mayWrite = mayWrite;
    this.clock = clock;
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      if (mayWrite.getAsBoolean()) {
        ledger.overdue(clock.instant()).forEach(this::expire);
      }
    } catch (RuntimeException e) {
      // Thrown further, it would end all later turns.
      LOG.error("could not free addresses that were held", e);
    }
  }

  // One that cannot be freed now must not keep the others from it.
  private void expire(Holding.Idle idle) {
    try {
      writes.expire(idle);
      LOG.info("{} may be given again; {} had it", idle.address(), idle.formerly());
    } catch (CloudException e) {
      LOG.warn("could not free {}, trying again: {}", idle.address(), e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
