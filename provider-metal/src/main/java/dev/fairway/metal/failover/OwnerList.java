// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import dev.fairway.metal.pool.IpAddress;
import java.util.List;

/// Who may answer for a VIP, as the API server has it.
///
/// @param generation grows with each change of the list
/// @param owners names of nodes; the first answers, the others follow in this order
/// @param probed whether it was made sure that no other host has the address
public record OwnerList(IpAddress vip, long generation, List<String> owners, boolean probed) {
  public OwnerList {
    owners = List.copyOf(owners);
  }

  boolean isFirst(String node) {
    return !owners.isEmpty() && owners.getFirst().equals(node);
  }

  /// For ties: the one that comes first in the list wins.
  int rank(String node) {
    var index = owners.indexOf(node);
    return index < 0 ? Integer.MAX_VALUE : index;
  }
}
