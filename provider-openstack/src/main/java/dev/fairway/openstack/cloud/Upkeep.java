// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes in the background what nobody needs any more. Calls nobody while there is nothing.
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration EVERY = Duration.ofMinutes(1);

  private final NodeSecurity security;
  private final VipPorts vipPorts;
  private final BooleanSupplier mayWrite;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("openstack-upkeep").factory());
  private Leftovers before = Leftovers.NONE;

  Upkeep(NodeSecurity security, VipPorts vipPorts, BooleanSupplier mayWrite) {
    this.security = security;
    this.vipPorts = vipPorts;
    this.mayWrite = mayWrite;
    var _ =
        worker.scheduleWithFixedDelay(
            this::tick, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  synchronized void tick() {
    safely("close what nobody uses", this::closeUnused);
    safely("delete ports that Octavia left", () -> vipPorts.sweep(mayWrite));
  }

  // What was left over at the last look already: a Service that changes has time to say so.
  private void closeUnused() {
    var now = security.leftovers();
    var still = now.and(before);
    before = now;
    if (!still.isEmpty()) {
      security.remove(still, mayWrite);
    }
  }

  private void safely(String what, Runnable task) {
    if (!mayWrite.getAsBoolean()) {
      return;
    }
    try {
      task.run();
    } catch (CloudException e) {
      LOG.debug("{}: {}", what, e.getMessage());
    } catch (RuntimeException e) {
      LOG.warn("cannot {}", what, e);
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
