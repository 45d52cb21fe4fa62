// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import dev.fairway.cloud.Meters;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Action;
import dev.fairway.manager.reconcile.Reconciler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/// Every metric of the process, and the only place that knows the metrics library.
public final class Metrics implements Meters, Reconciler.Journal {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<String, DoubleSupplier> values = new ConcurrentHashMap<>();

  /// The text that a scrape gets.
  public String scrape() {
    return registry.scrape();
  }

  /// A name that is registered again belongs to the new owner: after a change of leadership and
  /// back, the values are those of the present term.
  @Override
  public void gauge(String name, String description, DoubleSupplier value) {
    if (put(name, value)) {
      Gauge.builder(dotted(name), () -> read(name)).description(description).register(registry);
    }
  }

  @Override
  public void counter(String name, String description, DoubleSupplier value) {
    if (put(name, value)) {
      FunctionCounter.builder(dotted(name), this, metrics -> metrics.read(name))
          .description(description)
          .register(registry);
    }
  }

  // The registry holds what it reads from weakly; here it is held.
  private boolean put(String name, DoubleSupplier value) {
    return values.put(name, value) == null;
  }

  private double read(String name) {
    return values.getOrDefault(name, () -> Double.NaN).getAsDouble();
  }

  /// One pass over a load balancer has ended.
  public void passEnded(String result, long tookMillis) {
    Timer.builder("fairway.reconcile")
        .description("Passes over load balancers, by result.")
        .tag("result", result)
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofMinutes(5))
        .register(registry)
        .record(tookMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void repaired(LoadBalancerKey key) {
    count("fairway.drift.repaired", "Load balancers that somebody else had changed.");
  }

  @Override
  public void orphanDeleted(LoadBalancerKey key) {
    count("fairway.orphans.deleted", "Load balancers deleted because no Service claimed them.");
  }

  private void count(String name, String description) {
    Counter.builder(name).description(description).register(registry).increment();
  }

  @Override
  public void applied(Action action, long tookMillis) {
    Timer.builder("fairway.action")
        .description("Actions carried out, by kind.")
        .tag("action", action.getClass().getSimpleName())
        .tag("effect", action.effect().toString())
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofMillis(1))
        .maximumExpectedValue(Duration.ofMinutes(5))
        .register(registry)
        .record(tookMillis, TimeUnit.MILLISECONDS);
  }

  private static String dotted(String name) {
    return name.replace('_', '.');
  }
}
