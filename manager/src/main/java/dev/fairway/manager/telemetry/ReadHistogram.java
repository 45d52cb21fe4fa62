// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import dev.fairway.cloud.Meters.Distribution;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.function.Supplier;

/// A histogram that somebody else keeps, read at each scrape: the library only knows such that it
/// keeps itself.
record ReadHistogram(String name, String description, Supplier<Distribution> value)
    implements Collector {
  @Override
  public MetricSnapshot collect() {
    var now = value.get();
    var bounds = new ArrayList<>(now.bounds());
    bounds.add(Double.POSITIVE_INFINITY);
    return HistogramSnapshot.builder()
        .name(name)
        .help(description)
        .dataPoint(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, now.counts()))
                .sum(now.sum())
                .build())
        .build();
  }
}
