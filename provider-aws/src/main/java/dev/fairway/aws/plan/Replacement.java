// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.aws.spec.Spec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Finds what a load balancer would have to become that AWS cannot make of it in place.
final class Replacement {
  private final Setup setup;
  private final Spec spec;
  private final AwsObserved seen;

  Replacement(Setup setup, Spec spec, AwsObserved seen) {
    this.setup = setup;
    this.spec = spec;
    this.seen = seen;
  }

  /// In words, one of each reason; empty when everything can be done in place.
  ///
  /// @param groups those it should have
  /// @param mappings the subnets it should be in; empty to leave them as they are
  List<String> reasons(Balancer current, GroupSet groups, Optional<List<SubnetMapping>> mappings) {
    var reasons = new ArrayList<String>();
    scheme(current).ifPresent(reasons::add);
    name(current).ifPresent(reasons::add);
    if (!current.tags().containsKey(Tags.ADOPTED)) {
      groups(current, groups).ifPresent(reasons::add);
    }
    addresses(current, groups).ifPresent(reasons::add);
    mappings
        .filter(wanted -> !SubnetChange.of(current, wanted, seen.around().subnets()).possible())
        .ifPresent(_ ->
            reasons.add(
                "the load balancer stays in its subnets: AWS does not exchange all of them at"
                    + " once"));
    return reasons;
  }

  private Optional<String> scheme(Balancer current) {
    return spec.scheme()
        .filter(scheme -> scheme != current.scheme())
        .map(scheme ->
            "the load balancer stays %s: AWS cannot make it %s in place"
                .formatted(current.scheme(), scheme));
  }

  private Optional<String> name(Balancer current) {
    return spec.name()
        .filter(asked -> !Names.isNamed(current.name(), asked))
        .map(_ ->
            "the load balancer keeps the name %s: AWS gives names at creation only"
                .formatted(current.name()));
  }

  // AWS: a load balancer that was made without security groups never gets one, and one that has
  // some cannot be left without.
  private static Optional<String> groups(Balancer current, GroupSet wanted) {
    if (current.groups().isEmpty() == wanted.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        wanted.isEmpty()
            ? "the load balancer keeps its security groups: AWS does not take away the last one"
            : "the load balancer stays without security groups: AWS gives them at creation only");
  }

  // The name tells with which ones it was made: what AWS shows of them is not always complete.
  private Optional<String> addresses(Balancer current, GroupSet groups) {
    var fixed = spec.fixed();
    var madeWithThem =
        current
            .name()
            .equals(setup.names().balancer(seen.key(), current.scheme(), !groups.isEmpty(), fixed));
    if (madeWithThem
        || (has(current, SubnetMapping::allocationId, fixed.eipAllocations())
            && has(current, SubnetMapping::privateIpv4, fixed.privateIpv4()))) {
      return Optional.empty();
    }
    return Optional.of(
        "the load balancer keeps its addresses: AWS gives fixed ones at creation only");
  }

  // Who asks for none takes any.
  private static boolean has(
      Balancer current,
      Function<SubnetMapping, Optional<String>> address,
      Collection<String> asked) {
    return asked.isEmpty() || addresses(current, address).equals(Set.copyOf(asked));
  }

  private static Set<String> addresses(
      Balancer current, Function<SubnetMapping, Optional<String>> address) {
    return current.mappings().stream()
        .flatMap(mapping -> address.apply(mapping).stream())
        .collect(Collectors.toSet());
  }

  /// Addresses that two load balancers would have to have at the same time.
  List<String> taken(Balancer current) {
    var has = addresses(current, SubnetMapping::allocationId);
    has.addAll(addresses(current, SubnetMapping::privateIpv4));
    var wanted = new ArrayList<>(spec.fixed().eipAllocations());
    wanted.addAll(spec.fixed().privateIpv4());
    return wanted.stream().filter(has::contains).sorted().toList();
  }
}
