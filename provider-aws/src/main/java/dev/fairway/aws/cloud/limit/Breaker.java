// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import dev.fairway.cloud.error.CloudException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Stops calling one operation while calling it is of no use: AWS is out of order, or does not
/// permit it. Throttling, quotas and bad input say nothing about the operation and do not count.
/// Thread-safe.
final class Breaker {
  static final int FAILURES_TO_OPEN = 5;
  static final Duration OPEN_FOR = Duration.ofSeconds(15);
  static final int DENIALS_TO_OPEN = 3;
  // People mend permissions; until then one question a minute is enough.
  static final Duration DENIED_FOR = Duration.ofSeconds(60);

  private final Operation operation;
  private final CircuitBreaker outage;
  private final CircuitBreaker denial;
  private final AtomicReference<Optional<CloudException.Denied>> lastDenial =
      new AtomicReference<>(Optional.empty());

  Breaker(Operation operation, InstantSource clock) {
    this.operation = operation;
    this.outage = breaker(operation, FAILURES_TO_OPEN, OPEN_FOR, clock.withZone(ZoneOffset.UTC));
    this.denial = breaker(operation, DENIALS_TO_OPEN, DENIED_FOR, clock.withZone(ZoneOffset.UTC));
  }

  private static CircuitBreaker breaker(
      Operation operation, int inARow, Duration openFor, Clock clock) {
    return CircuitBreaker.of(
        operation.permission(),
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(inARow)
            .minimumNumberOfCalls(inARow)
            .failureRateThreshold(100)
            .permittedNumberOfCallsInHalfOpenState(1)
            .waitDurationInOpenState(openFor)
            .clock(clock)
            .build());
  }

  /// Asks whether the operation may be called. Who may, must tell what became of it.
  ///
  /// @throws CloudException.Unavailable when it failed in the last calls and has rested too briefly
  /// @throws CloudException.Denied when AWS refused it in the last calls, less than a minute ago
  void enter() {
    if (!denial.tryAcquirePermission()) {
      throw denied();
    }
    if (!outage.tryAcquirePermission()) {
      denial.releasePermission();
      throw new CloudException.Unavailable(
          "%s failed %d times in a row; it is not called for %d s"
              .formatted(operation.permission(), FAILURES_TO_OPEN, OPEN_FOR.toSeconds()),
          null);
    }
  }

  /// The call was carried out.
  void succeeded() {
    outage.onSuccess(0, TimeUnit.NANOSECONDS);
    denial.onSuccess(0, TimeUnit.NANOSECONDS);
  }

  /// The call failed, or was not made at all.
  void failed(CloudException error) {
    switch (error) {
      case CloudException.Unavailable down -> {
        outage.onError(0, TimeUnit.NANOSECONDS, down);
        denial.releasePermission();
      }
      case CloudException.Denied refused -> {
        lastDenial.set(Optional.of(refused));
        outage.onSuccess(0, TimeUnit.NANOSECONDS);
        denial.onError(0, TimeUnit.NANOSECONDS, refused);
      }
      case CloudException.Throttled _ -> released();
      // AWS read the request and gave an answer: it works, and it permits.
      case CloudException.NotReady _ -> succeeded();
      case CloudException.Conflict _ -> succeeded();
      case CloudException.QuotaExceeded _ -> succeeded();
      case CloudException.Rejected _ -> succeeded();
    }
  }

  /// Nothing is known of the call, or it was not made.
  void released() {
    outage.releasePermission();
    denial.releasePermission();
  }

  private CloudException.Denied denied() {
    var permission =
        lastDenial.get().map(CloudException.Denied::permission).orElse(operation.permission());
    var message =
        lastDenial
            .get()
            .map(CloudException.Denied::getMessage)
            .orElse("AWS does not permit " + operation.permission());
    return new CloudException.Denied(
        "%s (not asked again for %d s)".formatted(message, DENIED_FOR.toSeconds()),
        permission,
        null);
  }
}
