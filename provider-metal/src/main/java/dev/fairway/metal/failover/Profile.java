// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import java.time.Duration;

/// How soon owners of a VIP notice that one of them is gone.
///
/// @param interval between two heartbeats
/// @param misses how many heartbeats may be missing before their sender counts as gone
/// @param probeWait how long the one that takes over waits for somebody who answers for the address
///   still
public record Profile(Duration interval, int misses, Duration probeWait) {
  /// Gone after 300 ms; takes 50 ms more to be sure.
  public static final Profile DEFAULT =
      new Profile(Duration.ofMillis(100), 3, Duration.ofMillis(50));

  /// Gone after 90 ms; for networks and nodes without hiccups of that length.
  public static final Profile FAST = new Profile(Duration.ofMillis(30), 3, Duration.ofMillis(30));

  /// @throws IllegalArgumentException for durations that are not positive, or fewer than two misses
  public Profile {
    if (interval.toMillis() < 1 || probeWait.toMillis() < 1) {
      throw new IllegalArgumentException("interval and probeWait must be 1 ms or more");
    }
    if (misses < 2) {
      throw new IllegalArgumentException("misses must be 2 or more: one heartbeat may be lost");
    }
  }

  /// Who was not heard for this long is gone.
  public Duration silence() {
    return interval.multipliedBy(misses);
  }

  /// For how long an owner may answer without having looked at its messages. Shorter than the time
  /// after which another takes over, so that a process that was stopped checks before it answers.
  public Duration permit() {
    return interval.multipliedBy(misses - 1L);
  }
}
