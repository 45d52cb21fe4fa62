// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/// Until when a node may answer without having listened to the others: a process that was stopped
/// finds it expired. Safe for use by several threads; takes no lock.
public final class Permit implements BooleanSupplier {
  private final InstantSource clock;
  private volatile Instant until = Instant.MIN;

  public Permit(InstantSource clock) {
    this.clock = clock;
  }

  void until(Instant time) {
    until = time;
  }

  @Override
  public boolean getAsBoolean() {
    return clock.instant().isBefore(until);
  }
}
