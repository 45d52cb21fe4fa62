// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import dev.fairway.cloud.Meters;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Metrics that mean something only while this process leads: when it stands by, they are not
/// there, so that sums over all replicas are right.
public final class TermMeters implements Meters, AutoCloseable {
  private final Metrics metrics;
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  public TermMeters(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void gauge(String name, String description, DoubleSupplier value) {
    names.add(name);
    metrics.gauge(name, description, value);
  }

  void gauge(String name, String description, Map<String, String> labels, DoubleSupplier value) {
    names.add(name);
    metrics.gauge(name, description, labels, value);
  }

  @Override
  public void counter(String name, String description, DoubleSupplier value) {
    names.add(name);
    metrics.counter(name, description, value);
  }

  @Override
  public void histogram(String name, String description, Supplier<Distribution> value) {
    names.add(name);
    metrics.histogram(name, description, value);
  }

  void table(String name, String description, String label, Supplier<Map<String, Integer>> rows) {
    names.add(name);
    metrics.table(name, description, label, rows);
  }

  @Override
  public void close() {
    names.forEach(metrics::remove);
  }
}
