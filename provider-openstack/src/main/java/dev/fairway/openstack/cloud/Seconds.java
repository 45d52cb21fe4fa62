// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/// Times as Octavia tells them: by the second, in UTC, without a zone.
final class Seconds {
  private Seconds() {}

  /// Whether a second is over. One that cannot be read is.
  ///
  /// @param second as `2026-11-01T12:00:00`; empty text for never
  static boolean over(String second, Instant now) {
    try {
      return second.isEmpty()
          || !now.isBefore(LocalDateTime.parse(second).toInstant(ZoneOffset.UTC).plusSeconds(1));
    } catch (DateTimeParseException _) {
      return true;
    }
  }
}
