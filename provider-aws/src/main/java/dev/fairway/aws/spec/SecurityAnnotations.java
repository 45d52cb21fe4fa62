// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Keys.theirs;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import java.util.List;

/// Annotations about who may connect.
final class SecurityAnnotations {
  private SecurityAnnotations() {}

  static final AnnotationSpec<List<String>> GROUPS =
      theirs(
          "security-groups",
          Forms.list(
              Syntax.text("a security group"),
              "ids or names of security groups, separated by commas"),
          "one of Fairway's",
          "The security groups of the load balancer, in place of the one that Fairway makes: who may"
              + " connect is then what they say.",
          "sg-0a1b2c, shop-clients");

  static final AnnotationSpec<List<String>> EXTRA_GROUPS =
      theirs(
          "extra-security-groups",
          Forms.list(
              Syntax.text("a security group"),
              "ids or names of security groups, separated by commas"),
          "none",
          "Security groups beside the one that Fairway makes.",
          "sg-0a1b2c");

  static final AnnotationSpec<Boolean> MANAGE_BACKEND =
      theirs(
          "manage-backend-security-group-rules",
          Forms.bool(),
          "true; false with `…-security-groups`",
          "Whether Fairway lets the traffic of the load balancer in to the nodes.",
          "true");

  static final AnnotationSpec<List<String>> PREFIX_LISTS =
      theirs(
          "security-group-prefix-lists",
          Forms.list(
              Forms.id("pl", "the id of a prefix list"),
              "ids of prefix lists, separated by commas"),
          "none",
          "Prefix lists of clients that may connect. Without source ranges, only they may.",
          "pl-0a1b2c");

  static final AnnotationSpec<String> PRIVATE_LINK =
      theirs(
          "inbound-sg-rules-on-private-link-traffic",
          Syntax.oneOf("on", "off"),
          "that of AWS",
          "Whether the security groups count for clients that come by PrivateLink.",
          "off");

  static final AnnotationSpec<Boolean> DISABLE =
      theirs(
          "disable-nlb-sg",
          Forms.bool(),
          "false",
          "A load balancer without security groups. Cannot be changed later.",
          "true");

  static final AnnotationSpec<Boolean> ICMP =
      theirs(
          "enable-icmp-for-path-mtu-discovery",
          Syntax.oneOf("on", "off").map(text -> text.equals("on")),
          "off",
          "Lets clients send the ICMP messages by which they find the size of packets.",
          "on");

  static final List<AnnotationSpec<?>> ALL =
      List.of(GROUPS, EXTRA_GROUPS, MANAGE_BACKEND, PREFIX_LISTS, PRIVATE_LINK, DISABLE, ICMP);
}
