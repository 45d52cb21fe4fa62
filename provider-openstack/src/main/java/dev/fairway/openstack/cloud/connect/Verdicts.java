// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Whether an answer is a success. It is looked at before the library does, which forgets all but
/// the status.
final class Verdicts {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private Verdicts() {}

  /// @throws CallFailed when it is none
  static void check(Answer answer) {
    var requestId = answer.headerOr("x-openstack-request-id", "");
    var status = answer.status();
    var isPage = answer.getContentType().toLowerCase(Locale.ROOT).startsWith("text/html");
    // A proxy's page instead of the API's answer: nothing is known, whatever its status. The
    // services' own refusals of a token may be pages, though.
    if (isPage && status != 401 && status < 500) {
      throw CallFailed.garbled(status, "a page of HTML instead of JSON", requestId);
    }
    if (status >= 300) {
      throw CallFailed.answered(status, fault(answer, isPage), requestId, retryAfter(answer));
    }
  }

  private static Fault fault(Answer answer, boolean isPage) {
    if (answer.status() < 400) {
      return new Fault(
          "",
          "redirected to %s, which is not followed".formatted(answer.headerOr("Location", "?")));
    }
    return isPage ? new Fault("", "") : Fault.of(answer.text());
  }

  /// RFC 9110, 10.2.3: seconds, or a date. Nobody makes us wait longer than five minutes.
  private static Optional<Duration> retryAfter(Answer answer) {
    return asked(answer).map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  private static Optional<Duration> asked(Answer answer) {
    var text = answer.headerOr("Retry-After", "").strip();
    if (text.matches("\\d{1,6}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    return time(text)
        .flatMap(then ->
            time(answer.headerOr("Date", ""))
                .map(now -> Duration.between(now, then))
                .filter(wait -> !wait.isNegative()));
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
