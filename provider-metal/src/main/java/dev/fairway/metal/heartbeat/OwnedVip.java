// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import dev.fairway.metal.failover.OwnerList;
import dev.fairway.metal.l2.AnnouncedVip;
import java.util.Set;

/// A VIP, who may announce it, and where.
///
/// @param interfaces exact names; empty for every interface that has its subnet
public record OwnedVip(OwnerList list, Set<String> interfaces) {
  public OwnedVip {
    interfaces = Set.copyOf(interfaces);
  }

  AnnouncedVip announced() {
    return new AnnouncedVip(list.vip(), interfaces);
  }
}
