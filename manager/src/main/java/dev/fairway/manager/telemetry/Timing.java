// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Something whose duration is measured, as a histogram.
///
/// @param name without the `_seconds` at its end
/// @param buckets upper bounds, ascending
record Timing(String name, String description, List<Duration> buckets) {
  /// For work within the process and calls to others.
  static final List<Duration> CALLS =
      millis(1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000);

  /// For what users wait for.
  static final List<Duration> PHASES =
      millis(
          100, 250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000, 120_000, 300_000, 600_000,
          1_800_000);

  /// Those of the reference controller: 1 s to 16384 s, each twice the one before.
  static final List<Duration> REFERENCE =
      IntStream.rangeClosed(0, 14).mapToObj(power -> Duration.ofSeconds(1L << power)).toList();

  Timing {
    buckets = List.copyOf(buckets);
  }

  private static List<Duration> millis(long... bounds) {
    return LongStream.of(bounds).mapToObj(Duration::ofMillis).toList();
  }
}
