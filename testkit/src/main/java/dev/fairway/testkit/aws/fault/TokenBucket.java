// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.fault;

import dev.fairway.testkit.aws.query.QueryCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Throttles as AWS does: each such call takes a token of one bucket, and is refused when it is
/// empty. Refused calls take none.
public final class TokenBucket implements FaultRule {
  private static final double NANOS = 1e9;

  private final Predicate<QueryCall> when;
  private final double perSecond;
  private final int burst;
  private double tokens;
  private @Nullable Instant filled;

  /// @param perSecond tokens that come back each second
  /// @param burst what it holds at most, and at first
  public TokenBucket(Predicate<QueryCall> when, double perSecond, int burst) {
    this.when = when;
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
  }

  @Override
  public Optional<Fault> at(QueryCall call, Instant now) {
    if (!when.test(call)) {
      return Optional.empty();
    }
    if (filled != null) {
      var passed = Math.max(0, Duration.between(filled, now).toNanos()) / NANOS;
      tokens = Math.min(burst, tokens + passed * perSecond);
    }
    filled = now;
    if (tokens < 1) {
      return Optional.of(Fault.throttled(call));
    }
    tokens--;
    return Optional.empty();
  }
}
