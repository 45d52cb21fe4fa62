// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import dev.fairway.cloud.error.CloudException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Whether a call is repeated at once, rather than when its load balancer's turn comes again: for
/// the hiccups of an API server behind a proxy.
final class Retry {
  static final int MOST = 2;
  private static final Duration FIRST = Duration.ofMillis(200);
  // Whoever is to wait longer does not hold a thread meanwhile.
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Retry() {}

  /// How long to wait before the next try; empty for no further one.
  ///
  /// @param tries how many were made
  static Optional<Duration> after(
      Operation operation, CloudException error, int tries, RandomGenerator random) {
    var failed = CallFailed.of(error).filter(f -> worthwhile(error, f));
    if (!operation.idempotent() || tries > MOST || failed.isEmpty()) {
      return Optional.empty();
    }
    var jittered = (long) (FIRST.toMillis() * tries * (0.5 + random.nextDouble()));
    var wait = failed.get().retryAfter().orElse(Duration.ofMillis(jittered));
    return Optional.of(wait).filter(time -> time.compareTo(LONGEST) <= 0);
  }

  private static boolean worthwhile(CloudException error, CallFailed failed) {
    return switch (error) {
      // Who was silent for the whole time-out will be again.
      case CloudException.Unavailable _ -> !(failed.getCause() instanceof HttpTimeoutException);
      case CloudException.Throttled _ -> true;
      case CloudException.NotReady _ -> false;
      case CloudException.Conflict _ -> false;
      case CloudException.Denied _ -> false;
      case CloudException.QuotaExceeded _ -> false;
      case CloudException.Rejected _ -> false;
    };
  }
}
