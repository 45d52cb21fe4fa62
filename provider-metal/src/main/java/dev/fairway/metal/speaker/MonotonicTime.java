// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.speaker;

import java.time.Instant;
import java.time.InstantSource;

/// Time that starts at the hour of the wall clock and then runs evenly: setting the clock of the
/// machine neither stops nor repeats what is timed by it.
public final class MonotonicTime implements InstantSource {

  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }
}
