// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.migrate;

import dev.fairway.metal.pool.IpAddress;
import java.util.List;

/// What becomes of the wishes that stand in a Service. Fairway reads MetalLB's annotations, so
/// nothing of them has to be rewritten.
final class ServiceWishes {
  private static final String RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

  private ServiceWishes() {}

  static void report(Balanced service, PoolMapping pools, Findings findings) {
    var of = service.service();
    for (var key : service.theirKeys()) {
      var field = "metadata.annotations " + key;
      switch (Balanced.withoutPrefix(key)) {
        case Balanced.ALLOCATED ->
            findings.maps(of, field, "written by MetalLB; has no effect, and may stay");
        case Balanced.POOL -> pool(service, field, pools, findings);
        case Balanced.ADDRESSES ->
            addresses(service, field, service.askedByAnnotation().orElse(List.of()), findings);
        case Balanced.SHARE -> share(service, field, findings);
        default -> findings.refused(of, field, Texts.UNKNOWN_FIELD);
      }
    }
    service.askedByField().ifPresent(address -> field(service, address, findings));
    service
        .loadBalancerClass()
        .ifPresent(name ->
            findings.maps(
                of,
                "spec.loadBalancerClass",
                "served if the configuration of Fairway lists %s in loadBalancerClasses"
                    .formatted(name)));
    if (service.service().annotations().containsKey(RANGES)
        && service.service().spec().list("loadBalancerSourceRanges").isEmpty()) {
      findings.differs(
          of,
          "metadata.annotations " + RANGES,
          "nobody enforces it, with MetalLB either, and Fairway says so in the conditions: write the ranges into spec.loadBalancerSourceRanges");
    }
  }

  private static void pool(Balanced service, String field, PoolMapping pools, Findings findings) {
    var name = service.askedPool().orElse("");
    var elsewhere =
        service.addresses().stream()
            .filter(address -> pools.poolOf(address).filter(name::equals).isEmpty())
            .toList();
    if (!pools.knows(name)) {
      findings.refused(
          service.service(), field, "there is no pool %s: name another one".formatted(name));
    } else if (elsewhere.isEmpty()) {
      findings.maps(service.service(), field, "read as it stands");
    } else {
      findings.refused(
          service.service(),
          field,
          "%s is not in pool %s, so the Service would get another address: take the annotation off, or correct it, before"
              .formatted(elsewhere.getFirst(), name));
    }
  }

  private static void addresses(
      Balanced service, String field, List<String> asked, Findings findings) {
    for (var text : asked) {
      var address = IpAddress.parse(text);
      if (address.isEmpty()) {
        findings.refused(
            service.service(), field, "'%s' is no IP address: correct it before".formatted(text));
        return;
      }
      var other =
          service.addresses().stream()
              .filter(has -> has.family() == address.get().family())
              .filter(has -> !has.equals(address.get()))
              .findFirst();
      if (other.isPresent()) {
        findings.refused(
            service.service(),
            field,
            "asks for %s, but the Service has %s, which it would lose: correct it before"
                .formatted(address.get(), other.get()));
        return;
      }
    }
    findings.maps(service.service(), field, "read as it stands");
  }

  private static void field(Balanced service, String address, Findings findings) {
    if (service.askedByAnnotation().isPresent()) {
      findings.differs(
          service.service(),
          "spec.loadBalancerIP",
          "MetalLB refuses it beside the annotation %s; Fairway takes the annotation"
              .formatted(Balanced.ADDRESSES));
    } else {
      addresses(service, "spec.loadBalancerIP", List.of(address), findings);
    }
  }

  private static void share(Balanced service, String field, Findings findings) {
    if (service.shareIsReadable()) {
      findings.maps(service.service(), field, "read as it stands, within the namespace");
    } else {
      findings.refused(
          service.service(),
          field,
          "is not a name of letters, digits, '-', '_' and '.': annotate the Services that share the address with one such name as %s, before"
              .formatted(Balanced.OUR_SHARE));
    }
  }
}
