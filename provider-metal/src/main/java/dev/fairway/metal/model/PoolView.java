// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.PoolState;
import java.math.BigInteger;
import java.util.List;

/// One AddressPool, and what it has to offer to the load balancer that is being looked at.
///
/// @param offers a free address of each family that has one
public record PoolView(
    String name,
    PoolState state,
    boolean autoAssign,
    BigInteger total,
    BigInteger available,
    List<IpAddress> offers) {
  public PoolView {
    offers = List.copyOf(offers);
  }

  public boolean contains(IpAddress address) {
    return switch (state) {
      case PoolState.Usable(var ranges) -> ranges.stream().anyMatch(r -> r.contains(address));
      case PoolState.Malformed _, PoolState.Overlapping _ -> false;
    };
  }
}
