// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns bursts of changed pods, as in a rolling update, into single calls for each load balancer.
final class PodChanges implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodChanges.class);
  private static final long TICK_MILLIS = 100;

  private final InstantSource clock;
  private final Consumer<LoadBalancerKey> over;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("pod-changes").daemon().factory());
  private final Map<LoadBalancerKey, Debounce> bursts = new HashMap<>();

  /// @param over is told of each load balancer whose burst is over
  PodChanges(InstantSource clock, Consumer<LoadBalancerKey> over) {
    this.clock = clock;
    this.over = over;
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  synchronized void changed(LoadBalancerKey key) {
    var burst = bursts.getOrDefault(key, Debounce.of(NodeChanges.QUIET, NodeChanges.MOST));
    bursts.put(key, burst.changed(clock.instant()));
  }

  // What is thrown out of a tick would end all further ones.
  void tick() {
    for (var key : takeThoseOver()) {
      try {
        over.accept(key);
      } catch (RuntimeException e) {
        LOG.error("could not pass on that pods of {} changed, trying again", key, e);
        changed(key);
      }
    }
  }

  private synchronized List<LoadBalancerKey> takeThoseOver() {
    var now = clock.instant();
    var keys = new ArrayList<LoadBalancerKey>();
    bursts.forEach((key, burst) -> {
      if (burst.over(now)) {
        keys.add(key);
      }
    });
    keys.forEach(bursts::remove);
    return keys;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
