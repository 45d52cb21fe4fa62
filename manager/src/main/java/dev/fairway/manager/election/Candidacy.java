// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.election;

import java.time.Duration;
import java.util.Optional;

/// What one candidate knows of the Lease, and what follows: pure. Times are readings of a monotonic
/// clock of this machine in nanoseconds; the clock of whoever holds the Lease is never compared
/// with, so machines may disagree about the time of day.
///
/// @param me the identity of this candidate
/// @param seen the holder's last sign of life; empty before the first look
record Candidacy(String me, Optional<Seen> seen) {

  /// @param holder empty when nobody holds it
  /// @param version changes with every renewal
  /// @param sinceNanos when this version was seen first
  /// @param duration how long the holder may stay silent
  record Seen(String holder, String version, long sinceNanos, Duration duration) {}

  static Candidacy of(String me) {
    return new Candidacy(me, Optional.empty());
  }

  /// After a look at the Lease.
  Candidacy sees(String holder, String version, Duration duration, long nowNanos) {
    var same = seen.filter(before -> before.version().equals(version));
    return same.isPresent()
        ? this
        : new Candidacy(me, Optional.of(new Seen(holder, version, nowNanos, duration)));
  }

  /// Whether the Lease may be written now: it is ours, nobody's, or its holder has been silent for
  /// too long.
  boolean mayTake(long nowNanos) {
    return seen.map(now ->
            now.holder().isEmpty()
                || now.holder().equals(me)
                || nowNanos - now.sinceNanos() >= now.duration().toNanos())
        .orElse(false);
  }

  boolean holds() {
    return seen.map(now -> now.holder().equals(me)).orElse(false);
  }
}
