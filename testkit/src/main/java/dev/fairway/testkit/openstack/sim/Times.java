// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Times as the services write them: to the second, in UTC.
public final class Times {
  private static final DateTimeFormatter OCTAVIA =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter KEYSTONE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  /// `2026-11-01T12:00:00`: without a zone.
  public static String octavia(Instant time) {
    return OCTAVIA.format(time);
  }

  /// `2026-11-01T12:00:00Z`.
  public static String neutron(Instant time) {
    return OCTAVIA.format(time) + "Z";
  }

  /// `2026-11-01T12:00:00.000000Z`.
  public static String keystone(Instant time) {
    return KEYSTONE.format(time);
  }
}
