// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import dev.fairway.metal.pool.IpAddress;
import java.util.List;

/// One Vip resource of a load balancer.
///
/// @param owners names of nodes; the first announces
/// @param interfaces exact names; empty means every interface that has the subnet
public record VipView(
    IpAddress address, String pool, List<String> owners, List<String> interfaces) {
  public VipView {
    owners = List.copyOf(owners);
    interfaces = List.copyOf(interfaces);
  }
}
