// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Keys.ours;
import static dev.fairway.openstack.spec.Keys.theirs;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import java.util.List;

/// Annotations that say what a load balancer is made of and where it stands.
final class PlacementAnnotations {
  static final AnnotationSpec<String> CLASS =
      theirs(
          "class",
          Forms.matching("\\S.*", "the name of a class in cloud.conf"),
          "none",
          "Takes settings from `[LoadBalancerClass \"NAME\"]` of cloud.conf.",
          "public");

  static final AnnotationSpec<String> PROVIDER =
      new AnnotationSpec<>(
          Keys.OURS + "provider",
          List.of(Keys.LOAD_BALANCER + "provider"),
          Forms.matching("[A-Za-z0-9][-_A-Za-z0-9]*", "the name of an Octavia provider"),
          "of the class; then `lb-provider`",
          "The Octavia provider. A load balancer that is there keeps its own, unless it may be"
              + " replaced.",
          "ovn");

  static final AnnotationSpec<String> FLAVOR =
      theirs(
          "flavor-id",
          Forms.uuid(),
          "of the class; then `flavor-id`",
          "The Octavia flavor. A load balancer that is there keeps its own, unless it may be"
              + " replaced. Not with ovn.",
          "0f8c2f6e-3b0c-4c7e-9a41-2f7f1b8c1d11");

  static final AnnotationSpec<String> AVAILABILITY_ZONE =
      theirs(
          "availability-zone",
          Forms.matching("\\S.*", "the name of an availability zone"),
          "of the class; then `availability-zone`",
          "The Octavia availability zone. A load balancer that is there keeps its own, unless it may"
              + " be replaced. Not with ovn, nor before Octavia 2.14.",
          "az-1");

  static final AnnotationSpec<String> SUBNET =
      theirs(
          "subnet-id",
          Forms.uuid(),
          "`subnet-id`; then that in which the address of the first node lies",
          "The subnet of the load balancer's own address. A class comes before it.",
          "5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e01");

  static final AnnotationSpec<String> NETWORK =
      theirs(
          "network-id",
          Forms.uuid(),
          "`network-id`",
          "The network of the load balancer's own address, where any of its subnets will do. A class"
              + " comes before it.",
          "5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e02");

  static final AnnotationSpec<String> PORT =
      theirs(
          "port-id",
          Forms.uuid(),
          "a port made by Octavia",
          "A Neutron port that is there already and has the load balancer's own address. It decides"
              + " alone where that is.",
          "5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e03");

  static final AnnotationSpec<String> MEMBER_SUBNET =
      theirs(
          "member-subnet-id",
          Forms.uuid(),
          "of the class; then `member-subnet-id`, the subnet of the load balancer's own address,"
              + " that of the first node",
          "The subnet of the nodes' addresses.",
          "5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e04");

  static final AnnotationSpec<String> SECOND_SUBNET =
      ours(
          "additional-vip-subnet",
          Forms.uuid(),
          "the only one of that family in the same network",
          "With two IP families: the subnet of the load balancer's own address of the second one.",
          "5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e05");

  static final AnnotationSpec<Boolean> INTERNAL =
      new AnnotationSpec<>(
          "service.beta.kubernetes.io/openstack-internal-load-balancer",
          List.of(),
          Syntax.bool(),
          "of the class; then false. `internal-lb = true` comes before all",
          "Whether clients reach the load balancer by its own address, without a floating IP.",
          "true");

  static final AnnotationSpec<String> FLOATING_NETWORK =
      theirs(
          "floating-network-id",
          Forms.uuid(),
          "`floating-network-id`; then the first external network that has an IPv4 subnet, or none"
              + " that can be seen",
          "The external network that the floating IP comes from. A class comes before it.",
          "5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e06");

  static final AnnotationSpec<String> FLOATING_SUBNET_ID =
      theirs(
          "floating-subnet-id",
          Forms.uuid(),
          "`floating-subnet-id`",
          "The subnet that the floating IP comes from. Comes before the next two; a class that names"
              + " subnets comes before all three.",
          "5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e07");

  static final AnnotationSpec<String> FLOATING_SUBNET =
      theirs(
          "floating-subnet",
          Syntax.text(
              "a name, a pattern with * and ?, or ~ and a regular expression (RE2); ! negates"),
          "`floating-subnet`",
          "The subnets that the floating IP may come from, by name: those that match are tried in"
              + " turn. A regular expression may match anywhere in the name.",
          "public-*");

  static final AnnotationSpec<String> FLOATING_SUBNET_TAGS =
      theirs(
          "floating-subnet-tags",
          Syntax.text("tags, separated by commas; & before them for all, ! negates"),
          "`floating-subnet-tags`",
          "The subnets that the floating IP may come from, by tags: `a,b` for any of them, `&a,b` for"
              + " all, `!a,b` for none of them. Together with a name, both must match.",
          "&edge,ipv4");

  static final AnnotationSpec<Boolean> KEEP_FLOATING_IP =
      theirs(
          "keep-floatingip",
          Syntax.bool(),
          "false",
          "Whether the floating IP stays when the Service goes, or becomes internal.",
          "true");

  static final List<AnnotationSpec<?>> ALL =
      List.of(
          CLASS,
          PROVIDER,
          FLAVOR,
          AVAILABILITY_ZONE,
          INTERNAL,
          FLOATING_NETWORK,
          FLOATING_SUBNET_ID,
          FLOATING_SUBNET,
          FLOATING_SUBNET_TAGS,
          KEEP_FLOATING_IP,
          SUBNET,
          NETWORK,
          PORT,
          MEMBER_SUBNET,
          SECOND_SUBNET);

  private PlacementAnnotations() {}
}
