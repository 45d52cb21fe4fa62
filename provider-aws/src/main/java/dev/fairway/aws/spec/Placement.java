// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Findings;
import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.IpFamily;
import java.util.List;
import java.util.Optional;

/// Where a load balancer stands: as in [Spec].
record Placement(
    Optional<Scheme> scheme,
    Optional<AddressType> addressType,
    List<String> subnets,
    FixedAddresses fixed) {

  static Placement read(AddressRequest request, Defaults defaults, Findings findings) {
    var old = findings.read(LoadBalancerAnnotations.INTERNAL);
    var placement =
        new Placement(
            findings.read(LoadBalancerAnnotations.SCHEME).or(() -> old),
            findings.read(LoadBalancerAnnotations.ADDRESS_TYPE).or(() -> asFamiliesSay(request)),
            findings.read(LoadBalancerAnnotations.SUBNETS).orElse(List.of()),
            new FixedAddresses(
                findings.read(LoadBalancerAnnotations.EIPS).orElse(List.of()),
                findings.read(LoadBalancerAnnotations.PRIVATE_IPV4).orElse(List.of()),
                findings.read(LoadBalancerAnnotations.IPV6).orElse(List.of())));
    placement.check(request, defaults, findings);
    return placement;
  }

  // A Service that only prefers two families does not change a load balancer that works.
  private static Optional<AddressType> asFamiliesSay(AddressRequest request) {
    var families = request.families();
    return families.contains(IpFamily.IPV6) && (request.requireAll() || families.size() == 1)
        ? Optional.of(AddressType.DUALSTACK)
        : Optional.empty();
  }

  boolean dualstack() {
    return addressType.filter(type -> type == AddressType.DUALSTACK).isPresent();
  }

  private void check(AddressRequest request, Defaults defaults, Findings findings) {
    var effective = scheme.orElse(defaults.scheme());
    if (!fixed.eipAllocations().isEmpty() && effective == Scheme.INTERNAL) {
      findings.invalid(
          LoadBalancerAnnotations.EIPS,
          "cannot be had by an internal load balancer",
          "set %s to internet-facing, or remove it"
              .formatted(LoadBalancerAnnotations.SCHEME.key()));
    }
    if (!fixed.privateIpv4().isEmpty() && effective == Scheme.INTERNET_FACING) {
      findings.invalid(
          LoadBalancerAnnotations.PRIVATE_IPV4,
          "cannot be had by an internet-facing load balancer",
          "set %s to internal, or remove it".formatted(LoadBalancerAnnotations.SCHEME.key()));
    }
    if (!fixed.ipv6().isEmpty() && !dualstack()) {
      findings.invalid(
          LoadBalancerAnnotations.IPV6,
          "needs address type dualstack",
          "set %s to dualstack, or remove it"
              .formatted(LoadBalancerAnnotations.ADDRESS_TYPE.key()));
    }
    if (request.families().getFirst() == IpFamily.IPV6
        && addressType.filter(type -> type == AddressType.IPV4).isPresent()) {
      findings.invalid(
          LoadBalancerAnnotations.ADDRESS_TYPE,
          "cannot be had by a Service whose first family in spec.ipFamilies is IPv6",
          "write dualstack");
    }
    count(LoadBalancerAnnotations.EIPS, fixed.eipAllocations(), findings);
    count(LoadBalancerAnnotations.PRIVATE_IPV4, fixed.privateIpv4(), findings);
    count(LoadBalancerAnnotations.IPV6, fixed.ipv6(), findings);
  }

  private void count(AnnotationSpec<List<String>> spec, List<String> addresses, Findings findings) {
    if (!addresses.isEmpty() && !subnets.isEmpty() && addresses.size() != subnets.size()) {
      findings.invalid(
          spec,
          "has %d for %d subnets".formatted(addresses.size(), subnets.size()),
          "write one for each subnet of %s".formatted(LoadBalancerAnnotations.SUBNETS.key()));
    }
  }
}
