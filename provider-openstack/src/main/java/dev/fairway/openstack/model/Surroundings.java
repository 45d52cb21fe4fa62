// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import java.util.List;
import java.util.Optional;

/// What all load balancers of the cluster share, as it was read last.
///
/// @param externalNetworks networks that floating IPs can be taken from, in the order of Neutron
/// @param subnets all that the project can see
public record Surroundings(
    Abilities abilities, List<Network> externalNetworks, List<Subnet> subnets) {
  public Surroundings {
    externalNetworks = List.copyOf(externalNetworks);
    subnets = List.copyOf(subnets);
  }

  public Optional<Subnet> subnet(String id) {
    return subnets.stream().filter(subnet -> subnet.id().equals(id)).findFirst();
  }

  /// A network of Neutron.
  public record Network(String id, String name) {}

  /// A subnet of Neutron.
  ///
  /// @param ipVersion 4 or 6
  /// @param cidr as Neutron writes it
  public record Subnet(
      String id, String name, String network, int ipVersion, String cidr, List<String> tags) {
    public Subnet {
      tags = List.copyOf(tags);
    }
  }
}
