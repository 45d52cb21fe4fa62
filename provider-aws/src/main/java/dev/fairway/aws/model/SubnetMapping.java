// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import java.util.Optional;

/// One subnet of a load balancer, and the addresses it should have there (API reference,
/// SubnetMapping). What is empty, AWS chooses.
///
/// @param allocationId of an Elastic IP; only with scheme internet-facing
/// @param privateIpv4 only with scheme internal
/// @param ipv6 only with address type dualstack
public record SubnetMapping(
    String subnetId,
    Optional<String> allocationId,
    Optional<String> privateIpv4,
    Optional<String> ipv6) {

  /// A subnet in which AWS chooses the addresses.
  public static SubnetMapping of(String subnetId) {
    return new SubnetMapping(subnetId, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
