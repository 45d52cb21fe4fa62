// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.plan.Note;
import dev.fairway.metal.model.Answering;
import dev.fairway.metal.pool.IpAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What users are told of a VIP: that another node answers for it than before, and why. What was so
/// when it was seen first is no news. Not safe for use by several threads.
final class VipNews {
  private final Map<IpAddress, Optional<String>> seen = new HashMap<>();

  /// @param answering who says that it answers; between two nodes that is nobody
  Optional<Note> of(IpAddress vip, Optional<Answering> answering) {
    var before = seen.getOrDefault(vip, Optional.empty());
    var node = answering.map(Answering::node);
    seen.put(vip, node.or(() -> before));
    return before
        .filter(from -> node.isPresent() && !node.get().equals(from))
        .map(from -> moved(vip, from, answering.orElseThrow()));
  }

  /// It is not there any more.
  void forget(IpAddress vip) {
    seen.remove(vip);
  }

  private static Note moved(IpAddress vip, String from, Answering now) {
    return Note.info(
        "VipMoved",
        "%s moved from %s to %s%s"
            .formatted(
                vip, from, now.node(), now.reason().isEmpty() ? "" : ", as " + now.reason()));
  }
}
