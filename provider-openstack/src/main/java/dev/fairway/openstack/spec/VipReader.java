// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.IpAddress;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.config.LoadBalancerClass;
import dev.fairway.openstack.model.Surroundings.Subnet;
import java.util.List;
import java.util.Optional;

/// Where the own addresses of load balancers are taken from.
///
/// @param internal whether clients use them
/// @param anywhere whether it does not matter, because somebody else's load balancer serves
record VipReader(
    Terms terms, NodeSubnets nodes, AddressRequest request, boolean internal, boolean anywhere) {

  /// That of the first family.
  Frame.Vip main(IpFamily family) {
    var port = terms.findings().read(PlacementAnnotations.PORT);
    var asked =
        terms
            .precedence()
            .classFirst(PlacementAnnotations.SUBNET, "subnet-id", LoadBalancerClass::subnetId);
    var network =
        terms
            .precedence()
            .classFirst(PlacementAnnotations.NETWORK, "network-id", LoadBalancerClass::networkId);
    if (port.isPresent()) {
      leftOutForPort();
      return new Frame.Vip(port, Optional.empty(), Optional.empty(), Optional.empty());
    }
    if (asked.isPresent()) {
      asked.ifPresent(subnet -> check(subnet, network, family));
      return in(asked, Optional.empty(), family);
    }
    if (network.isPresent()) {
      return in(Optional.empty(), network, family);
    }
    var option = terms.options().subnetId();
    option.ifPresent(subnet -> check(subnet, Optional.empty(), family));
    if (option.isPresent()) {
      return in(option, Optional.empty(), family);
    }
    return terms.options().networkId().isPresent()
        ? in(Optional.empty(), terms.options().networkId(), family)
        : in(ofNodes(family), Optional.empty(), family);
  }

  /// One in a subnet of the second family.
  Frame.Vip second(Subnet subnet, IpFamily family) {
    return in(Optional.of(subnet.id()), Optional.empty(), family);
  }

  private Frame.Vip in(Optional<String> subnet, Optional<String> network, IpFamily family) {
    return new Frame.Vip(Optional.empty(), subnet, network, address(family));
  }

  // An external IPv4 address that was asked for is the floating one.
  private Optional<String> address(IpFamily family) {
    return internal || family == IpFamily.IPV6 ? asked(request, family) : Optional.empty();
  }

  static Optional<String> asked(AddressRequest request, IpFamily family) {
    return request.addresses().stream()
        .flatMap(text -> IpAddress.parse(text).stream())
        .filter(address -> address.isIpv6() == (family == IpFamily.IPV6))
        .map(IpAddress::toString)
        .findFirst();
  }

  private void leftOutForPort() {
    for (var spec : List.of(PlacementAnnotations.SUBNET, PlacementAnnotations.NETWORK)) {
      if (terms.findings().has(spec)) {
        terms
            .findings()
            .notApplied(spec, "remove it, or %s".formatted(PlacementAnnotations.PORT.key()));
      }
    }
  }

  // A subnet that cannot be seen may have been made a moment ago: Octavia knows.
  private void check(String id, Optional<String> network, IpFamily family) {
    nodes
        .around()
        .subnet(id)
        .ifPresent(subnet -> {
          if (subnet.ipVersion() != NodeSubnets.version(family)) {
            unknown(
                "subnet %s is not of family %s, the first in spec.ipFamilies"
                    .formatted(id, family));
          }
          if (network.isPresent() && !network.get().equals(subnet.network())) {
            unknown(
                "subnet %s is in network %s, not in %s"
                    .formatted(id, subnet.network(), network.get()));
          }
        });
  }

  private Optional<String> ofNodes(IpFamily family) {
    var found = nodes.of(family);
    if (found.size() != 1 && !anywhere) {
      unknown(
          nodes
              .first(family)
              .map(node ->
                  found.isEmpty()
                      ? "address %s of node %s is in none of the subnets that can be seen: %s"
                          .formatted(
                              node.address(), node.node(), NodeSubnets.named(ofFamily(family)))
                      : "address %s of node %s is in several subnets: %s"
                          .formatted(node.address(), node.node(), NodeSubnets.named(found)))
              .orElse(
                  "no node has an %s address by which a subnet could be found".formatted(family)));
    }
    return found.size() == 1 ? Optional.of(found.getFirst().id()) : Optional.empty();
  }

  private List<Subnet> ofFamily(IpFamily family) {
    return nodes.around().subnets().stream()
        .filter(subnet -> subnet.ipVersion() == NodeSubnets.version(family))
        .toList();
  }

  private void unknown(String message) {
    terms
        .findings()
        .add(
            Note.blocking(
                "SubnetUnknown",
                message,
                "name the subnet of the load balancer in annotation %s, or in subnet-id of cloud.conf"
                    .formatted(PlacementAnnotations.SUBNET.key())));
  }
}
