// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import java.util.List;

/// A time without an answer, as [System#nanoTime] counts.
record Gap(long fromNanos, long untilNanos) {
  private static final double NANOS_PER_MILLI = 1e6;

  double millis() {
    return (untilNanos - fromNanos) / NANOS_PER_MILLI;
  }

  /// The longest one that ended after `fromNanos` and began before `untilNanos`. Before the first
  /// answer and after the last one there was none.
  ///
  /// @param answers when each came, in order
  static Gap longest(List<Long> answers, long fromNanos, long untilNanos) {
    var longest = new Gap(fromNanos, fromNanos);
    var last = fromNanos;
    for (var answer : answers) {
      if (answer > fromNanos && last < untilNanos) {
        longest = longest.orLonger(new Gap(last, answer));
      }
      last = answer;
    }
    return last < untilNanos
        ? longest.orLonger(new Gap(Math.max(last, fromNanos), untilNanos))
        : longest;
  }

  private Gap orLonger(Gap other) {
    return other.millis() > millis() ? other : this;
  }
}
