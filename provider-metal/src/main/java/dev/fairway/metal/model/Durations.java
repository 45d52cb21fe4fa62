// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.cloud.annotation.Syntax;
import java.time.Duration;
import java.util.regex.Pattern;

/// Times in annotations: a number and its unit, as `30s`, `15m`, `24h`, `7d`.
final class Durations {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

  private Durations() {}

  static Syntax<Duration> upTo(Duration most) {
    return new Syntax<>(
        "a time as 30s, 15m, 24h or 7d, of %d days at most".formatted(most.toDays()),
        text -> {
          var match = FORM.matcher(text);
          if (!match.matches()) {
            return new Syntax.Bad<>("is not a time");
          }
          var time = Long.parseLong(match.group(1)) * seconds(match.group(2).charAt(0));
          return time > most.toSeconds()
              ? new Syntax.Bad<>("is too long")
              : new Syntax.Good<>(Duration.ofSeconds(time));
        });
  }

  private static long seconds(char unit) {
    return switch (unit) {
      case 'd' -> 86_400;
      case 'h' -> 3600;
      case 'm' -> 60;
      default -> 1;
    };
  }
}
