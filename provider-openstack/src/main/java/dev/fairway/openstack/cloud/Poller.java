// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.ProviderEvents;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.openstack.model.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for all load balancers that Octavia is at work on, with one call a tick for all of them,
/// and tells when it is done with one. So no thread waits for one, and none is asked about twice.
final class Poller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final int SHARE = 5;
  private static final double JITTER = 0.1;

  private final OctaviaReads octavia;
  private final Inventory inventory;
  private final Tags tags;
  private final ProviderEvents events;
  private final InstantSource clock;
  private final DoubleSupplier random;
  private final Duration shortest;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("octavia-poller").factory());
  private boolean planned;
  private int failures;

  /// @param random from 0 to 1, for jitter
  /// @param shortest how long after a change the first look follows
  Poller(
      OctaviaReads octavia,
      Inventory inventory,
      Tags tags,
      ProviderEvents events,
      InstantSource clock,
      DoubleSupplier random,
      Duration shortest) {
    this.octavia = octavia;
    this.inventory = inventory;
    this.tags = tags;
    this.events = events;
    this.clock = clock;
    this.random = random;
    this.shortest = shortest;
  }

  /// Something may have begun.
  synchronized void wake() {
    if (!planned && !worker.isShutdown()) {
      var waiting = inventory.waiting();
      if (!waiting.isEmpty()) {
        planned = true;
        var delay = jittered(failures == 0 ? pause(waiting, clock.instant(), shortest) : LONGEST);
        var _ = worker.schedule(this::tick, delay.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private Duration jittered(Duration delay) {
    var factor = 1 - JITTER + 2 * JITTER * random.getAsDouble();
    return Duration.ofMillis((long) (delay.toMillis() * factor));
  }

  /// How long until the next look: a fifth of the time that the one that was begun last has taken
  /// so far, so that the end is seen soon after it and long waits cost few calls.
  static Duration pause(List<Inventory.Waiting> waiting, Instant now, Duration shortest) {
    var youngest =
        waiting.stream()
            .map(Inventory.Waiting::since)
            .max(Comparator.naturalOrder())
            .map(since -> Duration.between(since, now).dividedBy(SHARE))
            .orElse(Duration.ZERO);
    if (youngest.compareTo(shortest) < 0) {
      return shortest;
    }
    return youngest.compareTo(LONGEST) < 0 ? youngest : LONGEST;
  }

  private void tick() {
    try {
      look();
      failures = 0;
    } catch (CloudException e) {
      failures++;
      LOG.debug("cannot look at what Octavia is doing: {}", e.getMessage());
    } catch (RuntimeException e) {
      failures++;
      LOG.error("cannot look at what Octavia is doing", e);
    } finally {
      synchronized (this) {
        planned = false;
      }
      wake();
    }
  }

  private void look() {
    var onlyOurs = inventory.waiting().stream().allMatch(Inventory.Waiting::ours);
    var stamp = inventory.stamp();
    var before = inventory.size();
    var statuses = octavia.statuses(onlyOurs ? Optional.of(tags.ofCluster()) : Optional.empty());
    inventory.statuses(statuses, onlyOurs, stamp).forEach(events::changed);
    if (inventory.size() < before) {
      events.resourcesFreed();
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
