// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.manager.reconcile.Workers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.MDC;

/// Measures passes over load balancers: how long they take, how many are under way, how they end;
/// each is a trace.
public final class PassMeter implements Workers.Passes {
  private static final Timing PASS =
      new Timing("fairway_reconcile", "Passes over load balancers, by result.", Timing.CALLS);
  private static final Timing WORK =
      new Timing("workqueue_work_duration", "Passes over load balancers.", Timing.CALLS);
  private static final double NANOS = 1e9;

  private final Metrics metrics;
  private final Traces traces;
  private final NodeSyncs nodes;
  private final LongSupplier nanoTime;
  private final Set<Running> underWay = ConcurrentHashMap.newKeySet();

  /// @param nanoTime as [System#nanoTime]
  public PassMeter(Metrics metrics, Traces traces, NodeSyncs nodes, LongSupplier nanoTime) {
    this.metrics = metrics;
    this.traces = traces;
    this.nodes = nodes;
    this.nanoTime = nanoTime;
  }

  public void register(TermMeters meters) {
    meters.gauge(
        "workqueue_unfinished_work_seconds",
        "How long the passes under way have taken, together.",
        QueueMeter.NAME,
        () -> underWay.stream().mapToDouble(Running::seconds).sum());
    meters.gauge(
        "workqueue_longest_running_processor_seconds",
        "How long the longest pass under way has taken.",
        QueueMeter.NAME,
        () -> underWay.stream().mapToDouble(Running::seconds).max().orElse(0));
  }

  @Override
  public Workers.Pass begun(LoadBalancerKey key, String id) {
    var span = traces.begin("reconcile");
    span.set("fairway.key", key.toString());
    span.set("fairway.pass", id);
    span.traceId().ifPresent(trace -> MDC.put("trace", trace));
    var running = new Running(nanoTime.getAsLong(), nodes.begun(key), span);
    underWay.add(running);
    return running;
  }

  // Not a record: two passes that began together are two.
  private final class Running implements Workers.Pass {
    private final long start;
    private final boolean forNodes;
    private final Traces.Span span;

    Running(long start, boolean forNodes, Traces.Span span) {
      this.start = start;
      this.forNodes = forNodes;
      this.span = span;
    }

    double seconds() {
      return (nanoTime.getAsLong() - start) / NANOS;
    }

    @Override
    public void ended(String result) {
      underWay.remove(this);
      var took = Duration.ofNanos(nanoTime.getAsLong() - start);
      var well = result.equals(Workers.WELL);
      metrics.record(PASS, Map.of("result", result), took);
      metrics.record(WORK, QueueMeter.NAME, took);
      if (forNodes) {
        nodes.ended(well, took);
      }
      span.set("fairway.result", result);
      if (!well) {
        span.failed(result);
      }
      span.close();
    }
  }
}
