// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import dev.fairway.cloud.model.Cidr;
import dev.fairway.cloud.model.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What all load balancers of the cluster share, as it was read last.
///
/// @param externalNetworks networks that floating IPs can be taken from, in the order of Neutron
/// @param subnets all that the project can see
/// @param balancers all of the project by id, those of others too, with what is on them where that
///   is known
/// @param floatingIps all of the project by address
/// @param access which traffic the nodes let in
public record Surroundings(
    Abilities abilities,
    List<Network> externalNetworks,
    List<Subnet> subnets,
    Map<String, Balancer> balancers,
    Map<String, FloatingIp> floatingIps,
    NodeAccess access) {
  public Surroundings {
    externalNetworks = List.copyOf(externalNetworks);
    subnets = List.copyOf(subnets);
    balancers = Map.copyOf(balancers);
    floatingIps = Map.copyOf(floatingIps);
  }

  /// A place with these networks and nothing in them.
  public static Surroundings empty(
      Abilities abilities, List<Network> externalNetworks, List<Subnet> subnets) {
    return new Surroundings(
        abilities, externalNetworks, subnets, Map.of(), Map.of(), NodeAccess.NONE);
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

    /// Whether an address is one of its range. Texts that are no addresses are in none.
    public boolean contains(String address) {
      return Cidr.parse(cidr)
          .flatMap(range -> IpAddress.parse(address).map(range::contains))
          .orElse(false);
    }
  }
}
