// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import java.util.Optional;

/// Where floating IPs come from.
///
/// @param networkId the external network; empty to look for one
/// @param subnetId one subnet of it; wins over the other two
/// @param subnet a name, a glob, or a regular expression after `~`; a leading `!` negates
/// @param subnetTags `a,b` for any, `&a,b` for all; a leading `!` negates
public record FloatingPool(
    Optional<String> networkId,
    Optional<String> subnetId,
    Optional<String> subnet,
    Optional<String> subnetTags) {

  /// Nothing is said.
  public static FloatingPool unspecified() {
    return new FloatingPool(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
