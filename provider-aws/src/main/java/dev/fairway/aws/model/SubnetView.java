// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import java.util.Map;

/// A subnet of the VPC, as EC2 describes it.
///
/// @param id such as `subnet-0abc`
/// @param zone the name of its availability zone
/// @param cidr its IPv4 range
/// @param ipv6 whether it has an IPv6 range
/// @param freeAddresses how many IPv4 addresses are left in it
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
