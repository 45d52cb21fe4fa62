// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times as people read them.
final class Times {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Times() {}

  /// As in `12 s`, `3 min`, `5 h`, `2 d`: rounded down, and never negative.
  static String text(Duration duration) {
    var seconds = Math.max(0, duration.toSeconds());
    if (seconds < 2 * MINUTE) {
      return seconds + " s";
    }
    if (seconds < 2 * HOUR) {
      return seconds / MINUTE + " min";
    }
    return seconds < 2 * DAY ? seconds / HOUR + " h" : seconds / DAY + " d";
  }

  /// As in `2026-01-02T03:04:05Z, 12 s ago`.
  static String past(Instant time, Instant now) {
    return "%s, %s ago".formatted(second(time), text(Duration.between(time, now)));
  }

  /// As in `2026-01-02T03:04:05Z, in 12 s`.
  static String future(Instant time, Instant now) {
    return "%s, in %s".formatted(second(time), text(Duration.between(now, time)));
  }

  static Instant second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }
}
