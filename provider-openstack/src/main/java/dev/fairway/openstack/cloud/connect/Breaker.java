// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import dev.fairway.cloud.error.CloudException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/// Stops calling one operation while it is out of order. Only answers of 500 and above and silence
/// count: whatever else OpenStack says, it works. Thread-safe.
final class Breaker {
  static final int FAILURES_TO_OPEN = 5;
  static final Duration OPEN_FOR = Duration.ofSeconds(15);

  private final Operation operation;
  private final CircuitBreaker breaker;

  Breaker(Operation operation, InstantSource clock) {
    this.operation = operation;
    this.breaker =
        CircuitBreaker.of(
            operation.permission(),
            CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(FAILURES_TO_OPEN)
                .minimumNumberOfCalls(FAILURES_TO_OPEN)
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitDurationInOpenState(OPEN_FOR)
                .clock(clock.withZone(ZoneOffset.UTC))
                .build());
  }

  /// Asks whether the operation may be called. Who may, must tell what became of it.
  ///
  /// @throws CloudException.Unavailable when it failed in the last calls and has rested too briefly
  void enter() {
    if (!breaker.tryAcquirePermission()) {
      throw new CloudException.Unavailable(
          "%s failed %d times in a row; it is not called for %d s"
              .formatted(operation.permission(), FAILURES_TO_OPEN, OPEN_FOR.toSeconds()),
          null);
    }
  }

  /// The call was carried out, or refused with good reason.
  void succeeded() {
    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  /// The call failed, or was not made at all.
  void failed(CloudException error) {
    switch (error) {
      case CloudException.Unavailable down -> breaker.onError(0, TimeUnit.NANOSECONDS, down);
      case CloudException.Throttled _ -> released();
      // Of the token, most often: it says nothing of the operation.
      case CloudException.Denied _ -> released();
      case CloudException.NotReady _ -> succeeded();
      case CloudException.Conflict _ -> succeeded();
      case CloudException.QuotaExceeded _ -> succeeded();
      case CloudException.Rejected _ -> succeeded();
    }
  }

  /// Nothing is known of the call, or it was not made.
  void released() {
    breaker.releasePermission();
  }
}
