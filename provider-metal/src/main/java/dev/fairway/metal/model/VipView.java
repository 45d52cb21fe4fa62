// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.metal.pool.IpAddress;
import java.util.List;
import java.util.Optional;

/// One Vip resource of a load balancer.
///
/// @param owners names of nodes; the first announces
/// @param interfaces exact names; empty means every interface that has the subnet
/// @param hold what becomes of it when it is let go; empty means that it is free at once
public record VipView(
    IpAddress address,
    String pool,
    List<String> owners,
    List<String> interfaces,
    Optional<Hold> hold) {
  public VipView {
    owners = List.copyOf(owners);
    interfaces = List.copyOf(interfaces);
  }
}
