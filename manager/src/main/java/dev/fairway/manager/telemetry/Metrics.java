// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import dev.fairway.cloud.Meters;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Action;
import dev.fairway.manager.reconcile.Reconciler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Every metric of the process, and the only place that knows the metrics library.
///
/// The values of a label come from a small set: a kind, a reason, a result. Never the name of a
/// Service, which would leave a series behind for each Service that ever was.
public final class Metrics implements Meters, Reconciler.Journal {
  private static final Timing ACTION =
      new Timing("fairway_action", "Actions carried out, by kind and effect.", Timing.CALLS);
  private static final Count REPAIRED =
      new Count("fairway_drift_repaired", "Load balancers that somebody else had changed.");
  private static final Count ORPHAN_DELETED =
      new Count(
          "fairway_orphans_deleted", "Load balancers deleted because no Service claimed them.");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<Series, DoubleSupplier> values = new ConcurrentHashMap<>();
  private final Map<String, Table> tables = new ConcurrentHashMap<>();
  private final Map<String, ReadHistogram> histograms = new ConcurrentHashMap<>();

  /// Something that is counted. The name is without the `_total` at its end.
  record Count(String name, String description) {}

  private record Series(String name, Map<String, String> labels) {}

  private record Table(MultiGauge gauge, String label, Supplier<Map<String, Integer>> rows) {}

  /// The text that a scrape gets.
  public synchronized String scrape() {
    tables.values().forEach(Metrics::refresh);
    return registry.scrape();
  }

  // A row that is gone takes its series along.
  private static void refresh(Table table) {
    var rows =
        table.rows().get().entrySet().stream()
            .<MultiGauge.Row<?>>map(
                row -> MultiGauge.Row.of(Tags.of(table.label(), row.getKey()), row.getValue()))
            .toList();
    table.gauge().register(rows, true);
  }

  /// A name that is registered again belongs to the new owner: after a change of leadership and
  /// back, the values are those of the present term.
  @Override
  public void gauge(String name, String description, DoubleSupplier value) {
    gauge(name, description, Map.of(), value);
  }

  void gauge(String name, String description, Map<String, String> labels, DoubleSupplier value) {
    var series = new Series(name, Map.copyOf(labels));
    if (put(series, value)) {
      Gauge.builder(dotted(name), () -> read(series))
          .description(description)
          .tags(tags(labels))
          .register(registry);
    }
  }

  @Override
  public void counter(String name, String description, DoubleSupplier value) {
    var series = new Series(name, Map.of());
    if (put(series, value)) {
      FunctionCounter.builder(dotted(name), this, metrics -> metrics.read(series))
          .description(description)
          .register(registry);
    }
  }

  @Override
  public void histogram(String name, String description, Supplier<Distribution> value) {
    var read = new ReadHistogram(name, description, value);
    Optional.ofNullable(histograms.put(name, read)).ifPresent(prometheus()::unregister);
    prometheus().register(read);
  }

  private PrometheusRegistry prometheus() {
    return registry.getPrometheusRegistry();
  }

  /// A gauge with one series for each row. `rows` is called at each scrape; who gives it sees to it
  /// that the keys come from a small set.
  void table(String name, String description, String label, Supplier<Map<String, Integer>> rows) {
    tables.put(
        name,
        new Table(
            MultiGauge.builder(dotted(name)).description(description).register(registry),
            label,
            rows));
  }

  void count(Count count, Map<String, String> labels) {
    Counter.builder(dotted(count.name()))
        .description(count.description())
        .tags(tags(labels))
        .register(registry)
        .increment();
  }

  void record(Timing timing, Map<String, String> labels, Duration took) {
    Timer.builder(dotted(timing.name()))
        .description(timing.description())
        .tags(tags(labels))
        .serviceLevelObjectives(timing.buckets().toArray(Duration[]::new))
        .register(registry)
        .record(took);
  }

  /// Takes a gauge, a counter, a histogram or a table away, with all of its series.
  synchronized void remove(String name) {
    tables.remove(name);
    Optional.ofNullable(histograms.remove(name)).ifPresent(prometheus()::unregister);
    values.keySet().removeIf(series -> series.name().equals(name));
    registry.getMeters().stream()
        .map(Meter::getId)
        .filter(id -> id.getName().equals(dotted(name)))
        .toList()
        .forEach(registry::remove);
  }

  /// Memory, garbage collection, threads and processor time of this process.
  public Metrics withProcess() {
    List.of(
            new JvmMemoryMetrics(),
            new JvmGcMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics())
        .forEach(meters -> meters.bindTo(registry));
    gauge("process_resident_memory_bytes", "Memory of the process.", ResidentMemory::bytes);
    return this;
  }

  @Override
  public void repaired(LoadBalancerKey key) {
    count(REPAIRED, Map.of());
  }

  @Override
  public void orphanDeleted(LoadBalancerKey key) {
    count(ORPHAN_DELETED, Map.of());
  }

  @Override
  public void applied(Action action, long tookMillis) {
    record(
        ACTION,
        Map.of("action", action.getClass().getSimpleName(), "effect", action.effect().toString()),
        Duration.ofMillis(tookMillis));
  }

  // The registry holds what it reads from weakly; here it is held.
  private boolean put(Series series, DoubleSupplier value) {
    return values.put(series, value) == null;
  }

  private double read(Series series) {
    return values.getOrDefault(series, () -> Double.NaN).getAsDouble();
  }

  private static Tags tags(Map<String, String> labels) {
    return labels.entrySet().stream()
        .reduce(
            Tags.empty(), (tags, label) -> tags.and(label.getKey(), label.getValue()), Tags::and);
  }

  private static String dotted(String name) {
    return name.replace('_', '.');
  }
}
