// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.model.IpFamily;
import java.util.List;
import java.util.Map;

/// Where one load balancer of a group stands.
///
/// @param families those of its addresses
/// @param memberSubnets ids, by the family of the members' addresses; a family that has none in it
///   has none that is known
record Site(
    Half half,
    List<IpFamily> families,
    Frame.Vip vip,
    List<Frame.Vip> additionalVips,
    Exposure exposure,
    Map<IpFamily, String> memberSubnets) {
  Site {
    families = List.copyOf(families);
    additionalVips = List.copyOf(additionalVips);
    memberSubnets = Map.copyOf(memberSubnets);
  }
}
