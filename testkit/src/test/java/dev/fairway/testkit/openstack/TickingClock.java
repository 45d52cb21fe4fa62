// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Goes on by the same step each time that somebody looks at it.
final class TickingClock implements InstantSource {
  private final Duration step;
  private Instant now = Instant.parse("2026-11-01T12:00:00Z");

  TickingClock(Duration step) {
    this.step = step;
  }

  @Override
  public synchronized Instant instant() {
    now = now.plus(step);
    return now;
  }
}
