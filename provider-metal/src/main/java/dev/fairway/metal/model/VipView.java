// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.metal.pool.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One Vip resource of a load balancer.
///
/// @param owners names of nodes; the first announces
/// @param ownerAddresses where the speakers of the owners are reached, in the same order; an empty
///   text where that is not known
/// @param ownersVersion grows whenever the owners or their order change
/// @param interfaces exact names; empty means every interface that has the subnet
/// @param hold what becomes of it when it is let go; empty means that it is free at once
public record VipView(
    IpAddress address,
    String pool,
    List<String> owners,
    List<String> ownerAddresses,
    long ownersVersion,
    List<String> interfaces,
    Optional<Hold> hold) {
  public VipView {
    owners = List.copyOf(owners);
    ownerAddresses = List.copyOf(ownerAddresses);
    interfaces = List.copyOf(interfaces);
  }

  /// Whether a node answers that is not the first, because those before it fell silent.
  public boolean isTakenOverBy(Answering answering) {
    return answering.byPresentOwners() && owners.indexOf(answering.node()) > 0;
  }

  /// As it is written first: with a version that is newer than all that its address had before.
  public VipView begun(Instant at) {
    return new VipView(address, pool, owners, ownerAddresses, at.toEpochMilli(), interfaces, hold);
  }
}
