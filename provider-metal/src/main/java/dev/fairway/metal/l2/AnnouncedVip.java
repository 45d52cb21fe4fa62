// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.pool.IpAddress;
import java.util.Set;

/// A VIP that this node is to announce.
///
/// @param interfaces the exact names of the interfaces it is announced on; empty for every
///   interface that has its subnet
public record AnnouncedVip(IpAddress address, Set<String> interfaces) {
  public AnnouncedVip {
    interfaces = Set.copyOf(interfaces);
  }
}
