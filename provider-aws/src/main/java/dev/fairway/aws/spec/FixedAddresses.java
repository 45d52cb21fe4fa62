// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import java.util.List;

/// Addresses that a load balancer should have, one a subnet: AWS takes them at creation only. At
/// most one of the first two is not empty.
///
/// @param eipAllocations ids of Elastic IPs (`eipalloc-…`), in the order of the subnets
/// @param privateIpv4 IPv4 literals, each within one of the subnets
/// @param ipv6 IPv6 literals, each within one of the subnets
public record FixedAddresses(
    List<String> eipAllocations, List<String> privateIpv4, List<String> ipv6) {
  /// Whatever AWS gives.
  public static final FixedAddresses NONE = new FixedAddresses(List.of(), List.of(), List.of());

  public FixedAddresses {
    eipAllocations = List.copyOf(eipAllocations);
    privateIpv4 = List.copyOf(privateIpv4);
    ipv6 = List.copyOf(ipv6);
  }
}
