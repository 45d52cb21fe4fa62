// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.aws.model.SubnetView;
import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.model.Cidr;
import dev.fairway.cloud.model.IpAddress;
import dev.fairway.cloud.plan.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Gives fixed addresses to subnets: Elastic IPs and IPv6 addresses by their order, private IPv4
/// ones by the range that holds them.
final class FixedPlaces {
  private final List<SubnetView> subnets;
  private final FixedAddresses fixed;
  private final List<Note> problems = new ArrayList<>();

  private FixedPlaces(List<SubnetView> subnets, FixedAddresses fixed) {
    this.subnets = subnets;
    this.fixed = fixed;
  }

  static SubnetChooser.Choice of(List<SubnetView> subnets, FixedAddresses fixed) {
    return new FixedPlaces(subnets, fixed).choose();
  }

  private SubnetChooser.Choice choose() {
    count(LoadBalancerAnnotations.EIPS, fixed.eipAllocations());
    count(LoadBalancerAnnotations.PRIVATE_IPV4, fixed.privateIpv4());
    count(LoadBalancerAnnotations.IPV6, fixed.ipv6());
    if (problems.isEmpty()) {
      checkRanges();
    }
    return problems.isEmpty()
        ? new SubnetChooser.Choice(
            Optional.of(IntStream.range(0, subnets.size()).mapToObj(this::mapping).toList()),
            List.of())
        : SubnetChooser.Choice.refused(problems);
  }

  private SubnetMapping mapping(int i) {
    return new SubnetMapping(
        subnets.get(i).id(),
        at(fixed.eipAllocations(), i),
        fixed.privateIpv4().stream().filter(address -> holds(subnets.get(i), address)).findFirst(),
        at(fixed.ipv6(), i));
  }

  private static Optional<String> at(List<String> addresses, int i) {
    return addresses.isEmpty() ? Optional.empty() : Optional.of(addresses.get(i));
  }

  private void count(AnnotationSpec<?> spec, List<String> addresses) {
    if (!addresses.isEmpty() && addresses.size() != subnets.size()) {
      problem(
          spec,
          "has %d for %d subnets: %s"
              .formatted(
                  addresses.size(),
                  subnets.size(),
                  String.join(", ", subnets.stream().map(SubnetView::id).toList())),
          "write one for each, or name the subnets in annotation %s"
              .formatted(LoadBalancerAnnotations.SUBNETS.key()));
    }
  }

  // As many addresses as subnets, each in exactly one: so each subnet has one unless two share it.
  private void checkRanges() {
    var taken = new ArrayList<String>();
    for (var address : fixed.privateIpv4()) {
      var home = subnets.stream().filter(subnet -> holds(subnet, address)).findFirst();
      if (home.isEmpty()) {
        problem(
            LoadBalancerAnnotations.PRIVATE_IPV4,
            "%s is in none of the subnets: %s".formatted(address, ranges()),
            "write one address of each");
      } else if (taken.contains(home.get().id())) {
        problem(
            LoadBalancerAnnotations.PRIVATE_IPV4,
            "%s is the second one in subnet %s".formatted(address, home.get().id()),
            "write one address of each of %s".formatted(ranges()));
      } else {
        taken.add(home.get().id());
      }
    }
  }

  private String ranges() {
    return String.join(
        ", ", subnets.stream().map(subnet -> subnet.id() + " " + subnet.cidr()).toList());
  }

  private static boolean holds(SubnetView subnet, String address) {
    return Cidr.parse(subnet.cidr())
        .flatMap(range -> IpAddress.parse(address).filter(range::contains))
        .isPresent();
  }

  private void problem(AnnotationSpec<?> spec, String why, String fix) {
    problems.add(
        Note.blocking("InvalidAnnotation", "annotation %s: %s".formatted(spec.key(), why), fix));
  }
}
