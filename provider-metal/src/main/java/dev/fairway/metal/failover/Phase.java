// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import java.time.Instant;
import java.util.Optional;

/// What a node is doing about one VIP.
sealed interface Phase {
  /// Another is to answer.
  record Following() implements Phase {}

  /// Nobody was told of the address yet: other hosts are asked whether they have it.
  record Probing() implements Phase {}

  /// It is first, but others may hold the VIP since: they have until then to say so.
  ///
  /// @param answered whether somebody answered for it
  record Checking(Instant decideAt, boolean answered) implements Phase {}

  /// The owner seems gone; others have until then to say that it is not.
  ///
  /// @param objection who does
  record Doubting(Instant since, Instant decideAt, Optional<String> objection) implements Phase {}

  /// It answers.
  ///
  /// @param inReachSince since when it hears others again, having taken over while it did not
  record Holding(Optional<Instant> inReachSince) implements Phase {}

  /// It answers until the one that comes next does.
  record HandingOver(Instant until) implements Phase {}

  /// Another host has the address.
  ///
  /// @param again when it is asked for once more
  record Quarantined(Instant again) implements Phase {}

  default boolean answers() {
    return this instanceof Holding || this instanceof HandingOver;
  }
}
