// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import java.time.Duration;

/// How long somebody who has an address is given to say so.
///
/// @param count how often is asked; at least 1
/// @param interval from one question to the next, and from the last one to the verdict
/// @param alsoWhoAsks whether another station that probes for the address counts as one that has
///   it: both would use it (RFC 5227 section 2.1.1)
public record ProbeTimes(int count, Duration interval, boolean alsoWhoAsks) {

  /// Before an address is used for the first time: 450 ms, where RFC 5227 takes 4 to 7 s.
  public static final ProbeTimes CLAIM = new ProbeTimes(3, Duration.ofMillis(150), true);

  /// Before an address is taken from a node that is believed to be dead. Others may ask the same at
  /// this moment.
  public static final ProbeTimes TAKE_OVER = new ProbeTimes(1, Duration.ofMillis(75), false);

  public ProbeTimes {
    if (count < 1 || !interval.isPositive()) {
      throw new IllegalArgumentException("a probe asks at least once and waits for an answer");
    }
  }
}
