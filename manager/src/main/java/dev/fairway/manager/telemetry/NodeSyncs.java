// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What a change of nodes sets off, measured as the reference controller does, and under its names.
/// A further change before all load balancers were looked at prolongs the first.
///
/// Safe for use by several threads.
public final class NodeSyncs {
  private static final Metrics.Count HOST_UPDATES =
      new Metrics.Count(
          "service_controller_loadbalancer_sync",
          "Load balancers looked at because nodes changed.");
  private static final Metrics.Count ERRORS =
      new Metrics.Count(
          "service_controller_nodesync_error",
          "Load balancers whose nodes could not be updated at once.");
  private static final Timing ALL =
      new Timing(
          "service_controller_nodesync_latency",
          "From a change of nodes until all load balancers were looked at.",
          Timing.REFERENCE);
  private static final Timing ONE =
      new Timing(
          "service_controller_update_loadbalancer_host_latency",
          "Passes over load balancers because nodes changed.",
          Timing.REFERENCE);

  private final Metrics metrics;
  private final InstantSource clock;
  private final Set<LoadBalancerKey> waiting = new HashSet<>();
  private int underWay;
  private Instant since = Instant.MIN;

  public NodeSyncs(Metrics metrics, InstantSource clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  /// Nodes changed, and these load balancers have to be looked at.
  public synchronized void begin(Collection<LoadBalancerKey> keys) {
    if (waiting.isEmpty() && underWay == 0) {
      since = clock.instant();
    }
    waiting.addAll(keys);
  }

  /// A pass begins. If it was set off by nodes, the caller must call [#ended] after it.
  synchronized boolean begun(LoadBalancerKey key) {
    var ours = waiting.remove(key);
    if (ours) {
      underWay++;
    }
    return ours;
  }

  synchronized void ended(boolean well, Duration took) {
    metrics.count(HOST_UPDATES, Map.of());
    metrics.record(ONE, Map.of(), took);
    if (!well) {
      metrics.count(ERRORS, Map.of());
    }
    underWay--;
    if (waiting.isEmpty() && underWay == 0) {
      metrics.record(ALL, Map.of(), Duration.between(since, clock.instant()));
    }
  }
}
