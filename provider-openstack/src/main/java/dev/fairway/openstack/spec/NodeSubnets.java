// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.model.IpAddress;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Target;
import dev.fairway.openstack.model.Surroundings;
import dev.fairway.openstack.model.Surroundings.Subnet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The subnets in which nodes have their addresses.
///
/// @param standing ids of the subnets in which load balancers of the group stand already: where
///   nobody says otherwise they stay there, whichever nodes come and go
/// @param alsoExternal whether nodes may be in external networks: a floating IP cannot lead there
record NodeSubnets(
    Surroundings around, List<Target> nodes, Set<String> standing, boolean alsoExternal) {
  NodeSubnets {
    nodes = List.copyOf(nodes);
    standing = Set.copyOf(standing);
  }

  /// A node and its first address of a family.
  record NodeAddress(String node, String address) {}

  static int version(IpFamily family) {
    return switch (family) {
      case IPV4 -> 4;
      case IPV6 -> 6;
    };
  }

  /// The first address of a family, canonical.
  static Optional<String> address(Target node, IpFamily family) {
    return node.addresses().stream()
        .flatMap(text -> IpAddress.parse(text).stream())
        .filter(address -> address.isIpv6() == (family == IpFamily.IPV6))
        .map(IpAddress::toString)
        .findFirst();
  }

  Optional<NodeAddress> first(IpFamily family) {
    return nodes.stream()
        .flatMap(
            node -> address(node, family).map(own -> new NodeAddress(node.node(), own)).stream())
        .findFirst();
  }

  /// Those in which the address of the first node that has one of the family lies: more than one
  /// where networks overlap.
  List<Subnet> of(IpFamily family) {
    var kept =
        around.subnets().stream()
            .filter(subnet -> subnet.ipVersion() == version(family))
            .filter(subnet -> standing.contains(subnet.id()))
            .toList();
    if (kept.size() == 1) {
      return kept;
    }
    return first(family).map(node -> holding(node.address(), family)).orElse(List.of());
  }

  private List<Subnet> holding(String address, IpFamily family) {
    var holding =
        around.subnets().stream()
            .filter(subnet -> subnet.ipVersion() == version(family))
            .filter(subnet -> subnet.contains(address))
            .toList();
    var own = holding.stream().filter(subnet -> !isExternal(subnet)).toList();
    return own.isEmpty() && alsoExternal ? holding : own;
  }

  private boolean isExternal(Subnet subnet) {
    return around.externalNetworks().stream()
        .anyMatch(network -> network.id().equals(subnet.network()));
  }

  /// For messages: ids, names and CIDRs.
  static String named(List<Subnet> subnets) {
    return subnets.isEmpty()
        ? "none"
        : subnets.stream()
            .map(subnet -> "%s (%s, %s)".formatted(subnet.id(), subnet.name(), subnet.cidr()))
            .collect(Collectors.joining(", "));
  }
}
