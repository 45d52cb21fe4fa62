// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import dev.fairway.cloud.Meters;
import dev.fairway.cloud.plan.Action;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/// Every metric of the process, and the only place that knows the metrics library.
public final class Metrics implements Meters {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /// The text that a scrape gets.
  public String scrape() {
    return registry.scrape();
  }

  @Override
  public void gauge(String name, String description, DoubleSupplier value) {
    Gauge.builder(dotted(name), value, DoubleSupplier::getAsDouble)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void counter(String name, String description, DoubleSupplier value) {
    FunctionCounter.builder(dotted(name), value, DoubleSupplier::getAsDouble)
        .description(description)
        .register(registry);
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

  /// One action was carried out.
  public void actionApplied(Action action, long tookMillis) {
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
