// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.plan.Note;
import dev.fairway.metal.model.Answering;
import dev.fairway.metal.pool.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What users are told of a VIP: that another node answers for it than before and why, and that a
/// host has its address. What was so when it was seen first is no news. Not safe for use by several
/// threads.
final class VipNews {
  private final Map<IpAddress, Seen> seen = new HashMap<>();

  private record Seen(Optional<String> node, Optional<String> conflict) {}

  /// @param answering who says that it answers; between two nodes that is nobody
  List<Note> of(IpAddress vip, Optional<Answering> answering, Optional<String> conflict) {
    var before = Optional.ofNullable(seen.get(vip));
    var node = answering.map(Answering::node);
    seen.put(vip, new Seen(node.or(() -> before.flatMap(Seen::node)), conflict));
    if (before.isEmpty()) {
      return List.of();
    }
    var news = new ArrayList<Note>();
    before
        .get()
        .node()
        .filter(from -> node.isPresent() && !node.get().equals(from))
        .map(from -> moved(vip, from, answering.orElseThrow()))
        .ifPresent(news::add);
    conflict
        .filter(_ -> !conflict.equals(before.get().conflict()))
        .map(mac -> taken(vip, mac))
        .ifPresent(news::add);
    return news;
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

  private static Note taken(IpAddress vip, String mac) {
    return Note.warning(
        "AddressTaken",
        "the host %s has %s, so no node announces it".formatted(mac, vip),
        "give that host another address, or have the pool avoid this one (spec.avoid)");
  }
}
