// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud;

import java.util.function.DoubleSupplier;

/// Where metrics are registered, so that providers need no metrics library. Names are in Prometheus
/// form (`fairway_pool_available_addresses`), without the `_total` of counters.
public interface Meters {

  /// A value that goes up and down. `value` is called at each scrape and must be cheap and free of
  /// locks.
  void gauge(String name, String description, DoubleSupplier value);

  /// A value that only grows. The same demands on `value`.
  void counter(String name, String description, DoubleSupplier value);
}
