// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import java.util.List;
import java.util.Optional;

/// What is decided when a load balancer is made.
///
/// @param provider `amphora`, `ovn`, or whatever else the cloud has
/// @param flavor id of an Octavia flavor
/// @param vip where its address is
/// @param additionalVips addresses in other subnets of the same network, of another family
public record Frame(
    String provider,
    Optional<String> flavor,
    Optional<String> availabilityZone,
    Vip vip,
    List<Vip> additionalVips) {
  public Frame {
    additionalVips = List.copyOf(additionalVips);
  }

  /// Where an address is taken from. At least one of port, subnet and network is present.
  ///
  /// @param port id of a port that is there already; then it decides alone
  /// @param address the very address that was asked for
  public record Vip(
      Optional<String> port,
      Optional<String> subnet,
      Optional<String> network,
      Optional<String> address) {}
}
