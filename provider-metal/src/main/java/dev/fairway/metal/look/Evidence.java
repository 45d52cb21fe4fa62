// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.look;

import dev.fairway.metal.model.Answering;
import dev.fairway.metal.pool.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that is known of one VIP, from the API server and from the nodes that were asked.
///
/// @param owners by the list; the first is to announce it
/// @param answering who says in the status of the Vip that it answers
/// @param conflict the host that has the address by that status
/// @param looks of the nodes that told
/// @param silent nodes that were asked in vain, and why
/// @param stations to which node an Ethernet address belongs
public record Evidence(
    IpAddress address,
    List<String> owners,
    Optional<Answering> answering,
    Optional<String> conflict,
    List<NodeLook> looks,
    Map<String, String> silent,
    Map<String, String> stations) {
  public Evidence {
    owners = List.copyOf(owners);
    looks = List.copyOf(looks);
    silent = Map.copyOf(silent);
    stations = Map.copyOf(stations);
  }

  Optional<NodeLook> look(String node) {
    return looks.stream().filter(look -> look.node().equals(node)).findFirst();
  }

  /// Whose Ethernet address this is, as a node says of itself or has said before; empty for a host
  /// that is none of ours.
  Optional<String> nodeOf(String mac) {
    return looks.stream()
        .filter(look -> isOf(look, mac))
        .map(NodeLook::node)
        .findFirst()
        .or(() -> Optional.ofNullable(stations.get(mac)));
  }

  static boolean isOf(NodeLook look, String mac) {
    return look.kernel().links().stream().anyMatch(link -> link.mac().equals(mac))
        || look.place().stream().anyMatch(place -> place.mac().equals(mac));
  }

  /// The nodes of which somebody was heard to answer whose look is not there.
  public List<String> heardWithoutLook() {
    return looks.stream()
        .flatMap(look -> look.answers().stream())
        .flatMap(answer -> nodeOf(answer.mac()).stream())
        .filter(node -> look(node).isEmpty() && !silent.containsKey(node))
        .distinct()
        .sorted()
        .toList();
  }
}
