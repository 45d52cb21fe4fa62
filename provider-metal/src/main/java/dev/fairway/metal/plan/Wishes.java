// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.plan.Note;
import dev.fairway.metal.model.Hold;
import dev.fairway.metal.model.MetalAnnotations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the annotations of a load balancer ask for: pure.
///
/// @param pool where the address should be from
/// @param hold what becomes of it when it is let go
/// @param unreadable one note for each annotation that cannot be read
record Wishes(Optional<String> pool, Optional<Hold> hold, List<Note> unreadable) {
  static Wishes of(Present present) {
    var pool = MetalAnnotations.POOL.read(present.annotations());
    var time = MetalAnnotations.HOLD.read(present.annotations());
    var successor = MetalAnnotations.HAND_OVER.read(present.annotations());
    var heir =
        successor
            .asOptional()
            .map(name -> name.seenFrom(present.services().getFirst().namespace()));
    return new Wishes(
        pool.asOptional(),
        time.asOptional()
            .or(() -> heir.map(_ -> MetalAnnotations.HAND_OVER_TIME))
            .map(length -> new Hold(length, heir)),
        Stream.of(pool.note(), time.note(), successor.note()).flatMap(Optional::stream).toList());
  }
}
