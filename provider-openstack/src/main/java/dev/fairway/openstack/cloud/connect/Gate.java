// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import dev.fairway.cloud.Meters;
import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What every call to a service passes: its turn, a place among those under way, the circuit
/// breaker; then the call, its error in our words, and a brief repetition where that is harmless.
/// Each attempt passes all of it. Thread-safe.
final class Gate {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  // A load balancer's POST may take minutes; more of them than this only queue up in the API.
  private static final int MOST_AT_ONCE = 32;

  private final Map<Service, Passage> passages = new EnumMap<>(Service.class);
  private final Map<Operation, Breaker> breakers = new EnumMap<>(Operation.class);
  private final Ticker ticker;
  private final RandomGenerator random;

  private record Passage(Limiter limiter, Semaphore places, Tally tally) {}

  /// @param clock the time by which breakers close again
  /// @param random for the jitter between attempts
  Gate(
      double perSecond,
      int burst,
      Ticker ticker,
      InstantSource clock,
      RandomGenerator random,
      Meters meters) {
    this.ticker = ticker;
    this.random = random;
    for (var service : Service.values()) {
      var limiter = new Limiter(service.project(), perSecond, burst, PATIENCE, ticker);
      passages.put(
          service,
          new Passage(
              limiter, new Semaphore(MOST_AT_ONCE, true), new Tally(service, limiter, meters)));
    }
    for (var operation : Operation.values()) {
      breakers.put(operation, new Breaker(operation, clock));
    }
  }

  /// Makes one call, and again where that is harmless.
  ///
  /// @param attempt makes the request; fails with [CallFailed], or with [CloudException] where
  ///   there is no token for it
  /// @throws CloudException any kind; [CloudException.Throttled] and [CloudException.Unavailable]
  ///   also without calling
  <T> T call(Call call, Supplier<T> attempt) {
    var passage = at(passages, call.operation().service());
    for (var tries = 1; ; tries++) {
      try {
        return once(call, passage, attempt);
      } catch (CloudException e) {
        var wait = Retry.after(call.operation(), e, tries, random);
        if (wait.isEmpty()) {
          throw e;
        }
        passage.tally.repeated();
        sleep(wait.get());
      }
    }
  }

  private <T> T once(Call call, Passage passage, Supplier<T> attempt) {
    var breaker = at(breakers, call.operation());
    passage.tally.waited(passage.limiter.pass(call.lane()));
    takePlace(passage);
    try {
      breaker.enter();
      return attempted(call, passage, breaker, attempt);
    } finally {
      passage.places.release();
    }
  }

  private static <T> T attempted(Call call, Passage passage, Breaker breaker, Supplier<T> attempt) {
    var told = false;
    try {
      passage.tally.called();
      var answer = attempt.get();
      breaker.succeeded();
      told = true;
      return answer;
    } catch (CallFailed e) {
      var error = counted(passage, Errors.translate(call, e));
      breaker.failed(error);
      told = true;
      throw error;
    } finally {
      if (!told) {
        breaker.released();
      }
    }
  }

  private static CloudException counted(Passage passage, CloudException error) {
    if (error instanceof CloudException.Throttled throttled) {
      passage.tally.throttled();
      passage.limiter.rest(throttled.retryAfter());
    } else {
      passage.tally.failed();
    }
    return error;
  }

  private static void takePlace(Passage passage) {
    try {
      if (passage.places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      throw givenUp();
    }
    throw new CloudException.Throttled(
        "%d calls are under way already".formatted(MOST_AT_ONCE), PATIENCE, null);
  }

  private void sleep(Duration time) {
    try {
      ticker.sleep(time);
    } catch (InterruptedException _) {
      throw givenUp();
    }
  }

  private static CloudException givenUp() {
    Thread.currentThread().interrupt();
    return new CloudException.Unavailable("the call was given up", null);
  }

  private static <K, V> V at(Map<K, V> map, K key) {
    var value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("nothing was made for " + key);
    }
    return value;
  }
}
