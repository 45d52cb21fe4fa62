// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Durations as Go writes them (package time, `ParseDuration`): `5s`, `1m30s`, `1.5h`, `300ms`.
final class GoDuration {
  private static final String PART = "(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|µs|μs|ms|s|m|h)";
  private static final Pattern PARTS = Pattern.compile(PART);
  private static final Pattern WHOLE = Pattern.compile("\\+?(?:" + PART + ")+");

  private GoDuration() {}

  /// Empty where the text is no duration, or a negative one.
  static Optional<Duration> parse(String text) {
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    if (!WHOLE.matcher(text).matches()) {
      return Optional.empty();
    }
    var nanos = BigDecimal.ZERO;
    var parts = PARTS.matcher(text);
    while (parts.find()) {
      nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(nanosIn(parts.group(2))));
    }
    var seconds = nanos.movePointLeft(9).toBigInteger();
    return Optional.of(
        Duration.ofSeconds(seconds.longValue())
            .plusNanos(nanos.subtract(new BigDecimal(seconds).movePointRight(9)).longValue()));
  }

  private static BigDecimal nanosIn(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 1_000L;
        });
  }
}
