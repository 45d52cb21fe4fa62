// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.owner;

import java.util.List;
import java.util.Set;

/// What decides about the owners of one VIP.
///
/// @param owners the nodes that own it now, the announcing one first; empty for a new VIP
/// @param eligible the names of the nodes that may own it now
public record OwnerClaim(List<String> owners, Set<String> eligible) {
  public OwnerClaim {
    owners = List.copyOf(owners);
    eligible = Set.copyOf(eligible);
  }
}
