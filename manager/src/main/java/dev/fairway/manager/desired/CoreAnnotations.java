// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import dev.fairway.cloud.annotation.AnnotationCatalogue;
import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import java.util.List;
import java.util.Set;

/// The annotations that the core reads, for every provider alike.
public final class CoreAnnotations {
  private CoreAnnotations() {}

  public static final AnnotationSpec<List<String>> ADDRESSES =
      new AnnotationSpec<>(
          "fairway.dev/load-balancer-ips",
          List.of("metallb.io/loadBalancerIPs", "metallb.universe.tf/loadBalancerIPs"),
          Syntax.listOf(
              Literals.address(), "IP addresses, one of each family, separated by commas"),
          "any free address",
          "Asks for these very addresses. Comes before `spec.loadBalancerIP`.",
          "192.0.2.10");

  public static final AnnotationSpec<List<String>> SOURCE_RANGES =
      new AnnotationSpec<>(
          "service.beta.kubernetes.io/load-balancer-source-ranges",
          List.of(),
          Syntax.listOf(Literals.cidr(), "CIDRs, separated by commas"),
          "all clients",
          "The clients that may connect; counts only while `spec.loadBalancerSourceRanges` is empty."
              + " Where nodes receive the traffic themselves, only that field is enforced.",
          "192.0.2.0/24");

  public static final AnnotationCatalogue CATALOGUE =
      new AnnotationCatalogue(List.of(ADDRESSES, SOURCE_RANGES), Set.of("fairway.dev/"));
}
