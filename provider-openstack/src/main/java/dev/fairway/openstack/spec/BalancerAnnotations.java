// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import static dev.fairway.openstack.spec.Keys.ours;
import static dev.fairway.openstack.spec.Keys.theirs;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import java.util.List;

/// Annotations about a load balancer as a whole: whose it is, and how it is known.
final class BalancerAnnotations {
  static final AnnotationSpec<String> ATTACH =
      ours(
          "load-balancer",
          Forms.matching("\\S.*", "the id or the name of a load balancer"),
          "one of its own",
          "Has the ports served by a load balancer that somebody else made. It is not changed"
              + " otherwise.",
          "edge");

  static final AnnotationSpec<String> LOAD_BALANCER_ID =
      theirs(
          "load-balancer-id",
          Forms.uuid(),
          "one of its own",
          "The same, by id only. cloud-provider-openstack writes it on every Service that it serves.",
          "5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e09");

  static final AnnotationSpec<String> LOAD_BALANCER_ADDRESS =
      theirs(
          "load-balancer-address",
          Syntax.text("an address"),
          "none",
          "Written by cloud-provider-openstack; has no effect.",
          "192.0.2.10");

  static final AnnotationSpec<String> ADOPT =
      ours(
          "adopt",
          Forms.uuid(),
          "none",
          "Takes over the load balancer with this id, which cloud-provider-openstack made for this"
              + " Service.",
          "5a1c9b0e-7a0d-4a52-8d2b-0c9f4c1d2e09");

  static final AnnotationSpec<Boolean> MAKE_BEFORE_BREAK =
      ours(
          "replace",
          Syntax.oneOf("never", "make-before-break").map("make-before-break"::equals),
          "never",
          "What to do where Octavia cannot change a load balancer that is there: nothing, or make a"
              + " second one to which the floating IP moves.",
          "make-before-break");

  static final AnnotationSpec<String> HOSTNAME =
      theirs(
          "hostname",
          Forms.hostname(),
          "none",
          "Stands in the Service's status instead of the address, so that pods do not pass by the"
              + " load balancer.",
          "www.example.com");

  static final AnnotationSpec<List<String>> TAGS =
      theirs(
          "load-balancer-tags",
          Forms.tags(),
          "none",
          "Tags of the load balancer, besides ours.",
          "team-a, cost-42");

  static final List<AnnotationSpec<?>> ALL =
      List.of(
          ATTACH,
          LOAD_BALANCER_ID,
          LOAD_BALANCER_ADDRESS,
          ADOPT,
          MAKE_BEFORE_BREAK,
          HOSTNAME,
          TAGS);

  private BalancerAnnotations() {}
}
