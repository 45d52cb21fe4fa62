// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import java.time.Duration;
import java.util.Optional;

/// Whether others are there, by looks that come again and again.
///
/// @param where they were seen last; empty if they are gone
/// @param misses how many looks in a row did not find them
record Presence(Optional<String> where, int misses) {
  static final Presence NOBODY = new Presence(Optional.empty(), 0);

  /// While somebody is there, looks are close: who stops them waits for ours.
  static final Duration CLOSE = Duration.ofSeconds(1);

  static final Duration FAR = Duration.ofSeconds(30);

  // Where there is one only, it is not there for a moment whenever it is replaced.
  private static final int GONE = 2;

  /// After a look.
  ///
  /// @param found where one was seen
  Presence after(Optional<String> found) {
    if (found.isPresent()) {
      return new Presence(found, 0);
    }
    return where.isPresent() && misses + 1 < GONE ? new Presence(where, misses + 1) : NOBODY;
  }

  /// When to look again.
  Duration next() {
    return where.isPresent() ? CLOSE : FAR;
  }
}
