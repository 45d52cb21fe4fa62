// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Where metrics are registered, so that providers need no metrics library. Names are in Prometheus
/// form (`fairway_pool_available_addresses`), without the `_total` of counters.
public interface Meters {

  /// A value that goes up and down. `value` is called at each scrape and must be cheap and free of
  /// locks.
  void gauge(String name, String description, DoubleSupplier value);

  /// A value that only grows. The same demands on `value`.
  void counter(String name, String description, DoubleSupplier value);

  /// A distribution to which values are only ever added, such as of times in seconds. The same
  /// demands on `value`. Left out where only single values can be kept.
  default void histogram(String name, String description, Supplier<Distribution> value) {}

  /// @param bounds ascending
  /// @param counts how many values were above the bound before and not above this one; the last
  ///   one, without a bound, has all that were above all
  /// @param sum of the values
  record Distribution(List<Double> bounds, List<Long> counts, double sum) {
    public Distribution {
      bounds = List.copyOf(bounds);
      counts = List.copyOf(counts);
      if (counts.size() != bounds.size() + 1) {
        throw new IllegalArgumentException(
            "%d bounds make one count more, not %d".formatted(bounds.size(), counts.size()));
      }
    }
  }
}
