// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import java.time.Duration;

/// A token bucket that learns from throttle answers: additive increase, multiplicative decrease.
/// Not thread-safe; time is passed in and never goes back.
final class Bucket {
  private static final double NANOS = 1e9;
  // Answers to calls that were under way when AWS began to object say nothing new.
  private static final long SAME_OBJECTION = Duration.ofSeconds(1).toNanos();

  private final Limit documented;
  private final double firstRate;
  private final double floor;
  private final double growth;
  private final Duration quiet;
  private double capacity;
  private double tokens;
  private double rate;
  private long seen;
  private long growsFrom;
  private long lastCut;
  private boolean everCut;

  private Bucket(
      Limit documented,
      double burst,
      double firstRate,
      double floor,
      double growth,
      Duration quiet,
      long now) {
    this.documented = documented;
    this.firstRate = firstRate;
    this.floor = floor;
    this.growth = growth;
    this.quiet = quiet;
    this.capacity = burst;
    this.tokens = burst;
    this.rate = firstRate;
    this.seen = now;
    this.growsFrom = now;
    this.lastCut = now;
  }

  /// A full bucket that is more generous than documented until AWS first objects.
  static Bucket learning(Limit documented, Limits limits, long now) {
    return new Bucket(
        documented,
        documented.burst() * limits.burstFactor(),
        Math.max(limits.firstRate(), documented.refillPerSecond()),
        limits.floor(),
        Math.max(limits.leastGrowth(), limits.growth() * documented.refillPerSecond()),
        limits.quiet(),
        now);
  }

  /// A full bucket of our own making.
  static Bucket fixed(Limit limit, long now) {
    var rate = limit.refillPerSecond();
    return new Bucket(limit, limit.burst(), rate, rate, 0, Duration.ZERO, now);
  }

  /// Calls a second that are let through at present.
  double rate() {
    return rate;
  }

  double capacity() {
    return capacity;
  }

  double tokens(long now) {
    refill(now);
    return tokens;
  }

  /// Takes one token if there are more than `reserve` beside it.
  boolean take(double reserve, long now) {
    refill(now);
    if (tokens - reserve < 1) {
      return false;
    }
    tokens--;
    return true;
  }

  /// Nanoseconds until `count` tokens are there, at the present rate.
  long nanosUntil(double count, long now) {
    refill(now);
    return tokens >= count ? 0 : (long) Math.ceil((count - tokens) / rate * NANOS);
  }

  /// AWS objected: its bucket is empty.
  void throttled(long now) {
    refill(now);
    if (!everCut || now - lastCut >= SAME_OBJECTION) {
      rate =
          rate > documented.refillPerSecond()
              ? documented.refillPerSecond()
              : Math.max(Math.min(floor, rate), rate / 2);
      everCut = true;
      lastCut = now;
    }
    capacity = documented.burst();
    tokens = 0;
    growsFrom = now + quiet.toNanos();
  }

  private void refill(long now) {
    if (now <= seen) {
      return;
    }
    tokens = Math.min(capacity, tokens + (now - seen) / NANOS * rate);
    var grown = now - Math.max(seen, growsFrom);
    if (grown > 0) {
      rate = Math.min(firstRate, rate + grown / NANOS * growth);
    }
    seen = now;
  }
}
