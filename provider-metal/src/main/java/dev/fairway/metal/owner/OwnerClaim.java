// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.owner;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What decides about the owners of one VIP.
///
/// @param owners the nodes that own it now, the announcing one first; empty for a new VIP
/// @param eligible the names of the nodes that may own it now, with the weight of the preference
///   for each; 0 where nothing is preferred
public record OwnerClaim(List<String> owners, Map<String, Integer> eligible) {
  public OwnerClaim {
    owners = List.copyOf(owners);
    eligible = Map.copyOf(eligible);
  }

  /// No node is preferred.
  public OwnerClaim(List<String> owners, Set<String> eligible) {
    this(owners, alike(eligible));
  }

  static Map<String, Integer> alike(Set<String> nodes) {
    return nodes.stream().collect(Collectors.toMap(node -> node, _ -> 0));
  }
}
