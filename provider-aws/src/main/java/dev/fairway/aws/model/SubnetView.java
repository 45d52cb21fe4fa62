// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import java.util.Map;

/// A subnet of the VPC.
///
/// @param zone the name of its availability zone
/// @param ipv6 whether it has an IPv6 CIDR
/// @param freeAddresses IPv4 addresses that are free
/// @param isPublic whether its route table leads to an internet gateway
public record SubnetView(
    String id,
    String zone,
    String cidr,
    boolean ipv6,
    int freeAddresses,
    boolean isPublic,
    Map<String, String> tags) {
  public SubnetView {
    tags = Map.copyOf(tags);
  }
}
