// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What outlives the times an interface is up: its counts, and how many frames it may still send
/// unasked, so that a link that comes and goes does not begin anew each time.
record InterfaceRecord(InterfaceCounters counters, FrameBudget budget) {

  /// More than any answer takes: the clock of the machine was set meanwhile.
  private static final Duration IMPLAUSIBLE = Duration.ofMinutes(1);

  static InterfaceRecord fresh() {
    return new InterfaceRecord(new InterfaceCounters(), new FrameBudget(BurstQueue.PER_SECOND));
  }

  /// Takes note of an answer that has just been sent.
  ///
  /// @param received when the kernel received the question, by the clock of the machine
  void answered(Optional<Instant> received) {
    // The clock that the kernel stamps frames with, whatever else is timed by.
    received
        .map(since -> Duration.between(since, Instant.now()))
        .filter(time -> !time.isNegative() && time.compareTo(IMPLAUSIBLE) < 0)
        .ifPresent(time -> counters.answered(time.toNanos() / 1_000));
  }
}
