// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// How the account behaves at the moment; may be changed at any time.
public final class Conduct {
  private final InstantSource clock;
  private volatile AwsLimits limits = AwsLimits.RAISED;
  private volatile AwsTimes times = AwsTimes.NONE;
  private volatile int staleReads;

  public Conduct(InstantSource clock) {
    this.clock = clock;
  }

  public AwsLimits limits() {
    return limits;
  }

  public void limits(AwsLimits limits) {
    this.limits = limits;
  }

  public AwsTimes times() {
    return times;
  }

  public void times(AwsTimes times) {
    this.times = times;
  }

  /// How many describes do not yet show what is created now.
  public int staleReads() {
    return staleReads;
  }

  public void staleReads(int describes) {
    staleReads = describes;
  }

  public void reset() {
    limits = AwsLimits.RAISED;
    times = AwsTimes.NONE;
    staleReads = 0;
  }

  Instant now() {
    return clock.instant();
  }

  /// Whether `time` has passed since `then`.
  boolean passed(Duration time, Instant then) {
    return !now().isBefore(then.plus(time));
  }
}
