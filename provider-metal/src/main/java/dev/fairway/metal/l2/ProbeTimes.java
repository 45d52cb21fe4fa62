// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import java.time.Duration;

/// How long somebody who has an address is given to say so.
///
/// @param count how often is asked; at least 1
/// @param interval from one question to the next, and from the last one to the verdict
public record ProbeTimes(int count, Duration interval) {

  /// Before an address is used for the first time: 450 ms, where RFC 5227 takes 4 to 7 s.
  public static final ProbeTimes CLAIM = new ProbeTimes(3, Duration.ofMillis(150));

  /// Before an address is taken from a node that is believed to be dead.
  public static final ProbeTimes TAKE_OVER = new ProbeTimes(1, Duration.ofMillis(75));

  public ProbeTimes {
    if (count < 1 || !interval.isPositive()) {
      throw new IllegalArgumentException("a probe asks at least once and waits for an answer");
    }
  }
}
