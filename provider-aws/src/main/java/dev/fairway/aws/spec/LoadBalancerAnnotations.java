// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Keys.ours;
import static dev.fairway.aws.spec.Keys.theirs;

import dev.fairway.cloud.annotation.AnnotationSpec;
import dev.fairway.cloud.annotation.Syntax;
import java.util.List;
import java.util.Map;

/// Annotations about the load balancer as a whole.
final class LoadBalancerAnnotations {
  private LoadBalancerAnnotations() {}

  static final AnnotationSpec<String> TYPE =
      theirs(
          "type",
          Syntax.oneOf("external", "nlb", "nlb-ip"),
          "a Network Load Balancer",
          "Accepted so that Services can stay as they are: the class of the Service selects Fairway."
              + " `nlb-ip` stands for target type `ip`.",
          "external");

  static final AnnotationSpec<String> NAME =
      theirs(
          "name",
          new Syntax<>(
              "1 to 32 letters, digits and hyphens, not at either end, and not internal-…",
              LoadBalancerAnnotations::readName),
          "made of namespace, name and a hash",
          "The name of the load balancer. Counts when it is made; one of somebody else with this name"
              + " is never touched.",
          "shop-web");

  static final AnnotationSpec<Scheme> SCHEME =
      theirs(
          "scheme",
          Syntax.oneOf("internal", "internet-facing")
              .map(text -> text.equals("internal") ? Scheme.INTERNAL : Scheme.INTERNET_FACING),
          "as configured, for a new load balancer",
          "From where it can be reached. AWS cannot change it: see `fairway.dev/aws-replace`.",
          "internet-facing");

  static final AnnotationSpec<Scheme> INTERNAL =
      theirs(
          "internal",
          new Syntax<>(
              "true or false",
              text ->
                  // The oldest form of all, from before there was a boolean one.
                  text.equals("0.0.0.0/0")
                      ? new Syntax.Good<>(Scheme.INTERNAL)
                      : Forms.bool()
                          .map(yes -> yes ? Scheme.INTERNAL : Scheme.INTERNET_FACING)
                          .read(text)),
          "see scheme",
          "The old form of `…-scheme`, which comes before it.",
          "true");

  static final AnnotationSpec<AddressType> ADDRESS_TYPE =
      theirs(
          "ip-address-type",
          Syntax.oneOf("ipv4", "dualstack")
              .map(text -> text.equals("ipv4") ? AddressType.IPV4 : AddressType.DUALSTACK),
          "ipv4, or dualstack for a Service that requires IPv6",
          "Which addresses clients can connect to.",
          "dualstack");

  static final AnnotationSpec<List<String>> SUBNETS =
      theirs(
          "subnets",
          Forms.list(Syntax.text("a subnet"), "ids or names of subnets, separated by commas"),
          "found by their tags",
          "The subnets of the load balancer, at most one of each zone.",
          "subnet-0a1b2c, shop-private-b");

  static final AnnotationSpec<List<String>> EIPS =
      theirs(
          "eip-allocations",
          Forms.list(
              Forms.id("eipalloc", "the allocation id of an Elastic IP"),
              "allocation ids of Elastic IPs, separated by commas"),
          "addresses of AWS",
          "Elastic IPs, one for each subnet in their order; only with scheme `internet-facing`.",
          "eipalloc-0a1b2c, eipalloc-3d4e5f");

  static final AnnotationSpec<List<String>> PRIVATE_IPV4 =
      theirs(
          "private-ipv4-addresses",
          Forms.list(Forms.ipv4(), "IPv4 addresses, separated by commas"),
          "any free ones",
          "The addresses, one within each subnet; only with scheme `internal`.",
          "10.0.1.10, 10.0.2.10");

  static final AnnotationSpec<List<String>> IPV6 =
      theirs(
          "ipv6-addresses",
          Forms.list(Forms.ipv6(), "IPv6 addresses, separated by commas"),
          "any free ones",
          "The IPv6 addresses, one for each subnet in their order; only with address type"
              + " `dualstack`.",
          "2001:db8:1::10");

  static final AnnotationSpec<Map<String, String>> ATTRIBUTES =
      theirs(
          "attributes",
          Forms.attributes(KnownAttributes.OF_LOAD_BALANCERS),
          "those of AWS",
          "Attributes of the load balancer. To go back to what AWS has, write that; what is not named"
              + " is left alone.",
          "deletion_protection.enabled=true");

  static final AnnotationSpec<Boolean> CROSS_ZONE =
      theirs(
          "cross-zone-load-balancing-enabled",
          Forms.bool(),
          "see attributes",
          "The old form of the attribute `load_balancing.cross_zone.enabled`; comes before it.",
          "true");

  static final AnnotationSpec<Boolean> LOGS_ENABLED =
      theirs(
          "access-log-enabled",
          Forms.bool(),
          "see attributes",
          "The old form of the attribute `access_logs.s3.enabled`; comes before it.",
          "true");

  static final AnnotationSpec<String> LOGS_BUCKET =
      theirs(
          "access-log-s3-bucket-name",
          Syntax.text("the name of a bucket"),
          "see attributes",
          "The old form of the attribute `access_logs.s3.bucket`; comes before it.",
          "shop-logs");

  static final AnnotationSpec<String> LOGS_PREFIX =
      theirs(
          "access-log-s3-bucket-prefix",
          Syntax.text("a path"),
          "see attributes",
          "The old form of the attribute `access_logs.s3.prefix`; comes before it.",
          "web");

  static final AnnotationSpec<Map<String, String>> TAGS =
      theirs(
          "additional-resource-tags",
          Forms.pairs("tags as KEY=VALUE, separated by commas"),
          "those of the configuration",
          "Tags on everything that is made for the Service. Those of the configuration come before"
              + " them; those of Fairway cannot be set.",
          "team=shop, stage=live");

  static final AnnotationSpec<Boolean> MAKE_BEFORE_BREAK =
      ours(
          "replace",
          Syntax.oneOf("never", "make-before-break").map(text -> !text.equals("never")),
          "never",
          "What happens when something is asked for that AWS cannot change in place, such as the"
              + " scheme: nothing, or a second load balancer is made, and the first one goes when the"
              + " second one works. The name that clients connect to changes.",
          "make-before-break");

  static final AnnotationSpec<String> ADOPT =
      ours(
          "adopt",
          Forms.matching(
              "arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/.+",
              "the ARN of a load balancer"),
          "a load balancer of its own",
          "Takes over a load balancer that is there already. The differences are shown first.",
          "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/web/0a1b2c3d4e5f6a7b");

  static final AnnotationSpec<String> ADOPT_APPROVED =
      ours(
          "adopt-approve",
          Forms.matching("[0-9a-zA-Z:-]+", "the digest of the event that shows the differences"),
          "not approved",
          "Agrees to the differences that were shown for `fairway.dev/aws-adopt`, by their digest.",
          "3f9a0c1d");

  static final List<AnnotationSpec<?>> ALL =
      List.of(
          TYPE,
          NAME,
          SCHEME,
          INTERNAL,
          ADDRESS_TYPE,
          SUBNETS,
          EIPS,
          PRIVATE_IPV4,
          IPV6,
          ATTRIBUTES,
          CROSS_ZONE,
          LOGS_ENABLED,
          LOGS_BUCKET,
          LOGS_PREFIX,
          TAGS,
          MAKE_BEFORE_BREAK,
          ADOPT,
          ADOPT_APPROVED);

  private static Syntax.Result<String> readName(String text) {
    if (text.length() > 32) {
      return new Syntax.Bad<>("has %d characters, and 32 are allowed".formatted(text.length()));
    }
    if (text.startsWith("internal-")) {
      return new Syntax.Bad<>("begins with internal-, which AWS keeps for itself");
    }
    return text.matches("[0-9A-Za-z]([-0-9A-Za-z]*[0-9A-Za-z])?")
        ? new Syntax.Good<>(text)
        : new Syntax.Bad<>("is not the name of a load balancer");
  }
}
