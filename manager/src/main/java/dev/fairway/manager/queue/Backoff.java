// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/// How long to wait after the n-th failure in a row of a key: doubling from the first delay up to a
/// limit, each shortened by up to a fifth at random, so that keys that failed together do not
/// return together.
///
/// Not safe for use by several threads: [WorkQueue] holds its lock around it.
final class Backoff<K> {
  private static final double JITTER = 0.2;

  private final Duration first;
  private final Duration limit;
  private final RandomGenerator random;
  private final Map<K, Integer> failures = new HashMap<>();

  Backoff(Duration first, Duration limit, RandomGenerator random) {
    this.first = first;
    this.limit = limit;
    this.random = random;
  }

  /// Counts a failure and says how long to wait.
  Duration next(K key) {
    var count = failures.merge(key, 1, Integer::sum);
    var millis = (double) first.toMillis() * Math.pow(2, count - 1.0);
    var capped = Math.min(millis, (double) limit.toMillis());
    return Duration.ofMillis((long) (capped * (1 - JITTER * random.nextDouble())));
  }

  /// Failures in a row.
  int failures(K key) {
    return failures.getOrDefault(key, 0);
  }

  /// How many keys have failed last time.
  int size() {
    return failures.size();
  }

  void forget(K key) {
    failures.remove(key);
  }
}
