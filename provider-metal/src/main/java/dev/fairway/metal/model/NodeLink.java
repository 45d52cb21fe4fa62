// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.IpRange;
import java.util.List;

/// A network interface of a node on which it can announce.
///
/// @param subnets what is reached there without a router
public record NodeLink(String name, List<IpRange> subnets) {
  /// The name that stands for further interfaces, which have no subnet.
  public static final String OTHERS = "*";

  public NodeLink {
    subnets = List.copyOf(subnets);
  }

  /// Whether the address is reached here without a router.
  public boolean hasSubnetOf(IpAddress address) {
    return subnets.stream().anyMatch(subnet -> subnet.contains(address));
  }
}
