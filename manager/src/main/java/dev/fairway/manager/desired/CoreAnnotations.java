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

  public static final AnnotationSpec<ShareKey> SHARE =
      new AnnotationSpec<>(
          "fairway.dev/share",
          List.of("metallb.io/allow-shared-ip", "metallb.universe.tf/allow-shared-ip"),
          ShareKey.SYNTAX,
          "a load balancer of its own",
          "Services with the same name here share one load balancer and its address, as long as their"
              + " ports differ. Of two that want the same port, the one that had it first is served."
              + " With a namespace before the name, a group of that namespace is joined, if it permits"
              + " that with `fairway.dev/share-with`.",
          "web");

  public static final AnnotationSpec<List<String>> SHARE_WITH =
      new AnnotationSpec<>(
          "fairway.dev/share-with",
          List.of(),
          Syntax.listOf(ShareKey.NAMESPACE, "namespaces, separated by commas, or *"),
          "this namespace only",
          "On a Service that shares its load balancer: the other namespaces whose Services may join.",
          "shop, blog");

  public static final AnnotationCatalogue CATALOGUE =
      new AnnotationCatalogue(
          List.of(ADDRESSES, SOURCE_RANGES, SHARE, SHARE_WITH), Set.of("fairway.dev/"));
}
