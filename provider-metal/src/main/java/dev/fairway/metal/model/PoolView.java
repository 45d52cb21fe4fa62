// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.metal.pool.IpAddress;
import dev.fairway.metal.pool.PoolState;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One AddressPool, and what it has to offer to the load balancer that is being looked at.
///
/// @param offers a free address of each family that has one
public record PoolView(
    String name,
    PoolState state,
    PoolRules rules,
    BigInteger total,
    BigInteger available,
    List<IpAddress> offers) {
  /// In which pools are asked.
  public static final Comparator<PoolView> ORDER =
      Comparator.comparing(PoolView::rules, PoolRules.ORDER).thenComparing(PoolView::name);

  public PoolView {
    offers = List.copyOf(offers);
  }

  /// For all Services.
  public PoolView(
      String name,
      PoolState state,
      boolean autoAssign,
      BigInteger total,
      BigInteger available,
      List<IpAddress> offers) {
    this(name, state, PoolRules.forEverybody(autoAssign), total, available, offers);
  }

  public boolean contains(IpAddress address) {
    return switch (state) {
      case PoolState.Usable(var ranges, _) -> ranges.stream().anyMatch(r -> r.contains(address));
      case PoolState.Malformed _, PoolState.Overlapping _ -> false;
    };
  }

  /// Who in the cluster itself uses this address; empty if nobody does.
  public Optional<String> usedBy(IpAddress address) {
    return state instanceof PoolState.Usable(_, var avoided)
        ? avoided.usedBy(address)
        : Optional.empty();
  }

  /// Why it does not give this address of its own to anybody; empty if it may.
  public Optional<String> avoids(IpAddress address) {
    return state instanceof PoolState.Usable(_, var avoided)
        ? avoided.why(address)
        : Optional.empty();
  }
}
