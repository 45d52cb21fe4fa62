// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import dev.fairway.cloud.Meters;
import dev.fairway.cloud.error.CloudException;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/// The one way to AWS: circuit breaker, limiter, the call, and its error in our words. Never
/// retries: that is decided where the error is read. Thread-safe.
public final class Gate {
  private final Map<ThrottleClass, Passage> passages = new EnumMap<>(ThrottleClass.class);
  private final Map<Operation, Breaker> breakers = new EnumMap<>(Operation.class);

  private record Passage(Limiter limiter, Tally tally) {}

  /// @param clock the time by which breakers close again
  public Gate(Limits limits, Ticker ticker, InstantSource clock, Meters meters) {
    for (var throttleClass : ThrottleClass.values()) {
      var limiter = new Limiter(throttleClass, limits, ticker);
      passages.put(throttleClass, new Passage(limiter, new Tally(throttleClass, limiter, meters)));
    }
    for (var operation : Operation.values()) {
      breakers.put(operation, new Breaker(operation, clock));
    }
  }

  /// Makes one call. May block for the patience of the limits and the time-out of the client.
  ///
  /// @param call makes exactly one request to AWS
  /// @throws CloudException any kind; [CloudException.Throttled], [CloudException.Unavailable] and
  ///   [CloudException.Denied] also without calling
  public <T> T call(Operation operation, Lane lane, Supplier<T> call) {
    return call(operation, lane, Optional.empty(), call);
  }

  /// The same, for a call whose input stems from one annotation or setting.
  ///
  /// @param field the annotation or setting that a [CloudException.Rejected] names
  public <T> T call(Operation operation, Lane lane, String field, Supplier<T> call) {
    return call(operation, lane, Optional.of(field), call);
  }

  private <T> T call(Operation operation, Lane lane, Optional<String> field, Supplier<T> call) {
    var breaker = at(breakers, operation);
    var passage = at(passages, operation.throttleClass());
    breaker.enter();
    var answered = false;
    try {
      passage.tally.waited(passage.limiter.pass(lane));
      passage.tally.called();
      var answer = call.get();
      answered = true;
      breaker.succeeded();
      return answer;
    } catch (SdkException e) {
      answered = true;
      var error = counted(passage, AwsErrors.translate(operation, field, e));
      breaker.failed(error);
      throw error;
    } finally {
      if (!answered) {
        breaker.released();
      }
    }
  }

  private static CloudException counted(Passage passage, CloudException error) {
    if (error instanceof CloudException.Throttled throttled) {
      passage.tally.throttled();
      return new CloudException.Throttled(
          error.getMessage() == null ? "" : error.getMessage(),
          passage.limiter.throttled(),
          throttled.getCause());
    }
    passage.tally.failed();
    return error;
  }

  private static <K, V> V at(Map<K, V> map, K key) {
    var value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("nothing was made for " + key);
    }
    return value;
  }
}
