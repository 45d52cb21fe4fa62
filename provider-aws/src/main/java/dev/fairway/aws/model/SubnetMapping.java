// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import java.util.Optional;

/// The part of a load balancer in one subnet.
///
/// @param allocationId the Elastic IP that was asked for
/// @param privateIpv4 the address that was asked for
/// @param ipv6 the address that was asked for
public record SubnetMapping(
    String subnetId,
    Optional<String> allocationId,
    Optional<String> privateIpv4,
    Optional<String> ipv6) {
  /// With whatever addresses AWS gives.
  public static SubnetMapping plain(String subnetId) {
    return new SubnetMapping(subnetId, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
