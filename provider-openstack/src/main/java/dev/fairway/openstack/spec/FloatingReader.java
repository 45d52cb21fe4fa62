// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.config.FloatingPool;
import dev.fairway.openstack.config.LoadBalancerClass;
import dev.fairway.openstack.model.Surroundings;
import dev.fairway.openstack.model.Surroundings.Network;
import dev.fairway.openstack.model.Surroundings.Subnet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where a floating IP is taken from.
record FloatingReader(Terms terms, Surroundings around) {

  Exposure.Floating read(AddressRequest request) {
    var asked =
        terms
            .precedence()
            .classFirst(
                PlacementAnnotations.FLOATING_NETWORK,
                "floating-network-id",
                named -> named.floating().networkId());
    var option = terms.options().floating().networkId();
    var network = asked.or(() -> option).map(this::seen).orElseGet(this::first);
    var pool = pool(asked.isPresent() && !asked.equals(option));
    return new Exposure.Floating(
        network,
        network.isEmpty() ? List.of() : new FloatingSubnets(terms, around, network).of(pool),
        VipReader.asked(request, IpFamily.IPV4),
        terms.findings().read(PlacementAnnotations.KEEP_FLOATING_IP).orElse(false));
  }

  /// Whoever says anything about subnets says all about them: an id of the one and a name of the
  /// other would never match.
  ///
  /// @param elsewhere whether the network is not that of the options, whose subnets are of no use
  ///   then
  private FloatingPool pool(boolean elsewhere) {
    var ofClass = terms.precedence().named().map(LoadBalancerClass::floating);
    var findings = terms.findings();
    var annotated =
        new FloatingPool(
            Optional.empty(),
            findings.read(PlacementAnnotations.FLOATING_SUBNET_ID),
            findings.read(PlacementAnnotations.FLOATING_SUBNET),
            findings.read(PlacementAnnotations.FLOATING_SUBNET_TAGS));
    if (ofClass.filter(FloatingReader::namesSubnets).isPresent()) {
      if (namesSubnets(annotated) && !sameSubnets(annotated, ofClass.orElseThrow())) {
        overruled();
      }
      return ofClass.orElseThrow();
    }
    if (namesSubnets(annotated)) {
      return annotated;
    }
    return elsewhere ? FloatingPool.unspecified() : terms.options().floating();
  }

  private static boolean namesSubnets(FloatingPool pool) {
    return pool.subnetId().isPresent()
        || pool.subnet().isPresent()
        || pool.subnetTags().isPresent();
  }

  private static boolean sameSubnets(FloatingPool one, FloatingPool other) {
    return one.subnetId().equals(other.subnetId())
        && one.subnet().equals(other.subnet())
        && one.subnetTags().equals(other.subnetTags());
  }

  private void overruled() {
    var keys =
        List.of(
                PlacementAnnotations.FLOATING_SUBNET_ID,
                PlacementAnnotations.FLOATING_SUBNET,
                PlacementAnnotations.FLOATING_SUBNET_TAGS)
            .stream()
            .filter(terms.findings()::has)
            .map(spec -> spec.key())
            .collect(Collectors.joining(", "));
    terms
        .findings()
        .add(
            Note.warning(
                "SettingOverruled",
                "annotation %s says other subnets of the floating IP than class %s: the class counts"
                    .formatted(
                        keys, terms.precedence().named().map(LoadBalancerClass::name).orElse("")),
                "remove one of the two"));
  }

  private String seen(String id) {
    if (around.externalNetworks().stream().anyMatch(network -> network.id().equals(id))) {
      return id;
    }
    none(
        "floating network %s is no external network that can be seen: there %s"
            .formatted(id, networks()));
    return "";
  }

  // That of cloud-provider-openstack, which then goes on without a floating IP.
  private String first() {
    var found =
        around.externalNetworks().stream()
            .filter(network -> {
              var own = subnets(network);
              return own.isEmpty() || own.stream().anyMatch(subnet -> subnet.ipVersion() == 4);
            })
            .map(Network::id)
            .findFirst();
    if (found.isEmpty()) {
      none("no external network that can be seen has IPv4 addresses: there " + networks());
    }
    return found.orElse("");
  }

  private List<Subnet> subnets(Network network) {
    return around.subnets().stream()
        .filter(subnet -> subnet.network().equals(network.id()))
        .toList();
  }

  private String networks() {
    return around.externalNetworks().isEmpty()
        ? "is none"
        : around.externalNetworks().stream()
            .map(network -> "%s (%s)".formatted(network.id(), network.name()))
            .collect(Collectors.joining(", ", "is ", ""));
  }

  private void none(String message) {
    terms
        .findings()
        .add(
            Note.blocking(
                "NoFloatingNetwork",
                message,
                "name one in annotation %s, or set %s to true"
                    .formatted(
                        PlacementAnnotations.FLOATING_NETWORK.key(),
                        PlacementAnnotations.INTERNAL.key())));
  }
}
