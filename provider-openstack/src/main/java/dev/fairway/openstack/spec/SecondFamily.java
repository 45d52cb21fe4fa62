// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.model.Surroundings;
import dev.fairway.openstack.model.Surroundings.Subnet;
import java.util.List;
import java.util.Optional;

/// Finds the subnet for the address of the second family of a group.
///
/// @param requireAll whether a load balancer without it is of no use
record SecondFamily(Terms terms, NodeSubnets nodes, IpFamily family, boolean requireAll) {

  /// Empty when there is none to be had, which is told.
  Optional<Subnet> subnet(Frame.Vip main) {
    var asked = terms.findings().read(PlacementAnnotations.SECOND_SUBNET);
    if (asked.isPresent()) {
      return asked.flatMap(this::seen);
    }
    var network = network(main, nodes.around());
    var found =
        nodes.around().subnets().stream()
            .filter(subnet -> subnet.ipVersion() == NodeSubnets.version(family))
            .filter(subnet -> network.filter(subnet.network()::equals).isPresent())
            .toList();
    var narrowed = found.size() > 1 ? common(found, nodes.of(family)) : found;
    return switch (narrowed.size()) {
      case 0 -> {
        none();
        yield Optional.empty();
      }
      case 1 -> Optional.of(narrowed.getFirst());
      default -> {
        terms
            .findings()
            .add(
                Note.blocking(
                    "SubnetUnknown",
                    "there are several subnets of family %s: %s"
                        .formatted(family, NodeSubnets.named(narrowed)),
                    "name one in annotation " + PlacementAnnotations.SECOND_SUBNET.key()));
        yield Optional.empty();
      }
    };
  }

  private static List<Subnet> common(List<Subnet> found, List<Subnet> ofNodes) {
    var both = found.stream().filter(ofNodes::contains).toList();
    return both.isEmpty() ? found : both;
  }

  /// The network of an address, if it is known.
  static Optional<String> network(Frame.Vip vip, Surroundings around) {
    return vip.network().or(() -> vip.subnet().flatMap(around::subnet).map(Subnet::network));
  }

  private Optional<Subnet> seen(String id) {
    var found = nodes.around().subnet(id);
    if (found.isEmpty()) {
      terms
          .findings()
          .invalid(
              PlacementAnnotations.SECOND_SUBNET,
              "is none of the subnets that can be seen",
              "write one of " + NodeSubnets.named(nodes.around().subnets()));
    }
    if (found.filter(subnet -> subnet.ipVersion() != NodeSubnets.version(family)).isPresent()) {
      terms
          .findings()
          .invalid(
              PlacementAnnotations.SECOND_SUBNET,
              "is not of family %s, the second in spec.ipFamilies".formatted(family),
              "name a subnet of that family");
    }
    return found;
  }

  private void none() {
    var message = "no subnet of family %s is in the network of the load balancer".formatted(family);
    terms
        .findings()
        .add(
            requireAll
                ? Note.blocking(
                    "UnsupportedIpFamily",
                    message,
                    "name one in annotation %s, or set spec.ipFamilyPolicy to PreferDualStack"
                        .formatted(PlacementAnnotations.SECOND_SUBNET.key()))
                : Note.info("UnsupportedIpFamily", message));
  }
}
