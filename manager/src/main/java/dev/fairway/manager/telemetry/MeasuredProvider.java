// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.Observed;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// A provider whose calls are counted, timed and traced.
///
/// @param <O> what the provider observes
/// @param <A> its actions
public final class MeasuredProvider<O extends Observed, A extends Action>
    implements CloudProvider<O, A> {
  private static final Timing CALL =
      new Timing(
          "fairway_cloud_calls", "Calls of the provider, by operation and result.", Timing.CALLS);
  private static final Metrics.Count THROTTLED =
      new Metrics.Count("fairway_cloud_throttled", "Calls that the cloud wanted fewer of.");

  private final CloudProvider<O, A> provider;
  private final Metrics metrics;
  private final Traces traces;
  private final LongSupplier nanoTime;

  /// @param nanoTime as [System#nanoTime]
  public MeasuredProvider(
      CloudProvider<O, A> provider, Metrics metrics, Traces traces, LongSupplier nanoTime) {
    this.provider = provider;
    this.metrics = metrics;
    this.traces = traces;
    this.nanoTime = nanoTime;
  }

  @Override
  public Capabilities capabilities() {
    return provider.capabilities();
  }

  @Override
  public List<O> list(ClusterId cluster) {
    return call("list", _ -> provider.list(cluster));
  }

  @Override
  public O observe(LoadBalancerKey key) {
    return call("observe", _ -> provider.observe(key));
  }

  @Override
  public O inspect(LoadBalancerKey key) {
    return call("inspect", _ -> provider.inspect(key));
  }

  @Override
  public Plan<A> plan(Desired desired, O seen) {
    try (var span = traces.begin("plan")) {
      var plan = provider.plan(desired, seen);
      span.set("fairway.actions", Integer.toString(plan.actions().size()));
      return plan;
    }
  }

  @Override
  public void noted(LoadBalancerKey key, List<Note> notes) {
    provider.noted(key, notes);
  }

  @Override
  public O apply(A action, O seen) {
    return call(
        "apply",
        span -> {
          span.set("fairway.action", action.summary());
          return provider.apply(action, seen);
        });
  }

  private <T> T call(String operation, Function<Traces.Span, T> work) {
    var start = nanoTime.getAsLong();
    var result = "ok";
    try (var span = traces.begin(operation)) {
      try {
        return work.apply(span);
      } catch (RuntimeException e) {
        result = e.getClass().getSimpleName();
        span.failed(result);
        if (e instanceof CloudException.Throttled) {
          metrics.count(THROTTLED, Map.of("operation", operation));
        }
        throw e;
      }
    } finally {
      metrics.record(
          CALL,
          Map.of("operation", operation, "result", result),
          Duration.ofNanos(nanoTime.getAsLong() - start));
    }
  }

  @Override
  public void close() {
    provider.close();
  }
}
