// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.annotation.AnnotationSpec;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each annotation changes in a Service with ports 80 (`http`) and 443 (`https`), and what it
/// says to what it cannot read. Without any, [SpecReaderTest] says what holds.
class AnnotationTableTest {
  private static final String CERT = "arn:aws:acm:eu-west-1:123456789012:certificate/one";
  private static final String CERT2 = "arn:aws-cn:iam::123456789012:server-certificate/two";
  private static final String ADOPTED =
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/web/0a1b";

  record Valid(String annotation, String value, List<String> changes) {
    @Override
    public String toString() {
      return annotation + ": " + value;
    }
  }

  record Malformed(String annotation, String value, String note) {
    @Override
    public String toString() {
      return annotation + ": " + value;
    }
  }

  private static Valid valid(String annotation, String value, String... changes) {
    return new Valid(annotation, value, List.of(changes));
  }

  /// @param why follows the value
  private static Malformed malformed(String annotation, String value, String why, String fix) {
    return new Malformed(
        annotation,
        value,
        "BLOCKING InvalidAnnotation: annotation %s: '%s' %s; write %s"
            .formatted(Wish.full(annotation), value, why, fix));
  }

  private static Wish base() {
    return wish().tcp(80, "http").tcp(443, "https");
  }

  private static String[] both(String line) {
    return new String[] {"80 " + line, "443 " + line};
  }

  static Stream<Valid> validValues() {
    return Stream.of(
        valid("type", "external"),
        valid("type", "nlb"),
        valid(
            "type",
            "nlb-ip",
            "80 group TCP ip 80",
            "80 targets []",
            "443 group TCP ip 443",
            "443 targets []"),
        valid(
            "nlb-target-type",
            "ip",
            "80 group TCP ip 80",
            "80 targets []",
            "443 group TCP ip 443",
            "443 targets []"),
        valid("nlb-target-type", "instance"),
        valid("name", "shop-web", "name shop-web"),
        valid("scheme", "internal", "scheme internal"),
        valid("scheme", "internet-facing", "scheme internet-facing"),
        valid("internal", "true", "scheme internal"),
        valid("internal", "T", "scheme internal"),
        valid("internal", "0.0.0.0/0", "scheme internal"),
        valid("internal", "false", "scheme internet-facing"),
        valid("ip-address-type", "ipv4", "addresses ipv4"),
        valid(
            "ip-address-type",
            "dualstack",
            "addresses dualstack",
            "80 sources [0.0.0.0/0, ::/0] []",
            "443 sources [0.0.0.0/0, ::/0] []"),
        valid("subnets", " subnet-a, name b,", "subnets [subnet-a, name b]"),
        valid("private-ipv4-addresses", "10.0.1.9, 10.0.2.9", "private [10.0.1.9, 10.0.2.9]"),
        valid(
            "attributes",
            "deletion_protection.enabled=T",
            "attributes {deletion_protection.enabled=true}"),
        valid(
            "cross-zone-load-balancing-enabled",
            "True",
            "attributes {load_balancing.cross_zone.enabled=true}"),
        valid("access-log-enabled", "false", "attributes {access_logs.s3.enabled=false}"),
        valid("access-log-s3-bucket-name", "logs", "attributes {access_logs.s3.bucket=logs}"),
        valid("access-log-s3-bucket-prefix", "web", "attributes {access_logs.s3.prefix=web}"),
        valid("additional-resource-tags", "team=shop, empty,x=", "tags {empty=, team=shop, x=}"),
        valid("fairway.dev/aws-replace", "make-before-break", "make before break true"),
        valid("fairway.dev/aws-replace", "never"),
        valid("fairway.dev/aws-adopt", ADOPTED, "adopt " + ADOPTED),
        valid("fairway.dev/aws-adopt-approve", "3f9a0c1d", "approved 3f9a0c1d"),
        valid(
            "security-groups",
            "sg-1, clients",
            "groups Own[idsOrNames=[sg-1, clients], manageBackend=false]"),
        valid(
            "extra-security-groups",
            "sg-1",
            "groups Managed[extra=[sg-1], icmp=false, manageBackend=true]"),
        valid(
            "manage-backend-security-group-rules",
            "false",
            "groups Managed[extra=[], icmp=false, manageBackend=false]"),
        valid(
            "security-group-prefix-lists",
            "pl-1,pl-2",
            "80 sources [] [pl-1, pl-2]",
            "443 sources [] [pl-1, pl-2]"),
        valid("inbound-sg-rules-on-private-link-traffic", "off", "privatelink off"),
        valid("disable-nlb-sg", "true", "groups Off[]"),
        valid("disable-nlb-sg", "false"),
        valid(
            "enable-icmp-for-path-mtu-discovery",
            "on",
            "groups Managed[extra=[], icmp=true, manageBackend=true]"),
        valid(
            "ssl-cert",
            CERT + ", " + CERT2,
            "80 TLS for [shop/web]",
            "80 tls [%s, %s] ELBSecurityPolicy-2016-08 -".formatted(CERT, CERT2),
            "443 TLS for [shop/web]",
            "443 tls [%s, %s] ELBSecurityPolicy-2016-08 -".formatted(CERT, CERT2)),
        valid("ssl-negotiation-policy", "ELBSecurityPolicy-TLS13-1-2-2021-06"),
        valid("backend-protocol", "SSL"),
        valid("alpn-policy", "None"),
        valid("enable-tcp-udp-listener", "true"),
        valid(
            "target-group-attributes",
            "preserve_client_ip.enabled=0,deregistration_delay.timeout_seconds=60",
            both(
                "group attributes {deregistration_delay.timeout_seconds=60,"
                    + " preserve_client_ip.enabled=false, proxy_protocol_v2.enabled=false}")),
        valid(
            "target-group-attributes.443",
            "stickiness.enabled=true",
            "443 group attributes {proxy_protocol_v2.enabled=false, stickiness.enabled=true}"),
        valid("target-group-attributes.443", ""),
        valid(
            "listener-attributes.TCP-80",
            "tcp.idle_timeout.seconds=60",
            "80 attributes {tcp.idle_timeout.seconds=60}"),
        valid("proxy-protocol", "*", both("group attributes {proxy_protocol_v2.enabled=true}")),
        valid(
            "proxy-protocol-per-target-group",
            "https",
            "443 group attributes {proxy_protocol_v2.enabled=true}"),
        valid(
            "proxy-protocol-per-target-group",
            "80, 443",
            both("group attributes {proxy_protocol_v2.enabled=true}")),
        valid("target-node-labels", "pool=edge,gpu", both("targets []")),
        valid("healthcheck-protocol", "http", both("check HTTP traffic-port / 200-399")),
        valid("healthcheck-port", "8080", both("check TCP 8080")),
        valid("healthcheck-port", "traffic-port"),
        valid("healthcheck-port", "https", both("check TCP 30443")),
        valid("healthcheck-path", "/ready"),
        valid("healthcheck-success-codes", "200,204"),
        valid("healthcheck-interval", "30", both("interval 30")),
        valid(
            "healthcheck-interval",
            "5",
            "80 interval 5",
            "80 timeout 5",
            "443 interval 5",
            "443 timeout 5"),
        valid("healthcheck-timeout", "4", both("timeout 4")),
        valid(
            "healthcheck-timeout",
            "20",
            "80 interval 20",
            "80 timeout 20",
            "443 interval 20",
            "443 timeout 20"),
        valid("healthcheck-healthy-threshold", "10", both("healthy 10")),
        valid("healthcheck-unhealthy-threshold", "2", both("unhealthy 2")),
        valid("multi-cluster-target-group", "false"));
  }

  @ParameterizedTest
  @MethodSource("validValues")
  void aValueChangesWhatItIsForAndNothingElse(Valid row) {
    var spec = base().with(row.annotation(), row.value()).spec();

    assertThat(Lines.changes(base().spec(), spec)).isEqualTo(row.changes());
  }

  static Stream<Malformed> malformedValues() {
    var bool = "is neither true nor false";
    return Stream.of(
        malformed(
            "type",
            "alb",
            "is not external, nlb or nlb-ip",
            "external, nlb or nlb-ip, for example 'external'"),
        malformed(
            "nlb-target-type", "pod", "is not instance or ip", "instance or ip, for example 'ip'"),
        malformed("name", "a".repeat(33), "has 33 characters, and 32 are allowed", name()),
        malformed(
            "name", "internal-web", "begins with internal-, which AWS keeps for itself", name()),
        malformed("name", "web-", "is not the name of a load balancer", name()),
        malformed("name", "a_b", "is not the name of a load balancer", name()),
        malformed(
            "scheme",
            "public",
            "is not internal or internet-facing",
            "internal or internet-facing, for example 'internet-facing'"),
        malformed("internal", "yes", bool, "true or false, for example 'true'"),
        malformed(
            "ip-address-type",
            "ipv6",
            "is not ipv4 or dualstack",
            "ipv4 or dualstack, for example 'dualstack'"),
        malformed(
            "subnets",
            "subnet-a,subnet-a",
            "names 'subnet-a' twice",
            "ids or names of subnets, separated by commas, for example 'subnet-0a1b2c, shop-private-b'"),
        malformed(
            "eip-allocations",
            "eipalloc-1,eipalloc-1",
            "names 'eipalloc-1' twice",
            "allocation ids of Elastic IPs, separated by commas, for example 'eipalloc-0a1b2c,"
                + " eipalloc-3d4e5f'"),
        malformed(
            "eip-allocations",
            "192.0.2.1",
            "has the element '192.0.2.1', which is not the allocation id of an Elastic IP",
            "allocation ids of Elastic IPs, separated by commas, for example 'eipalloc-0a1b2c,"
                + " eipalloc-3d4e5f'"),
        malformed(
            "private-ipv4-addresses",
            "10.0.1",
            "has the element '10.0.1', which is not an IPv4 address",
            "IPv4 addresses, separated by commas, for example '10.0.1.10, 10.0.2.10'"),
        malformed(
            "ipv6-addresses",
            "10.0.0.1",
            "has the element '10.0.0.1', which is not an IPv6 address",
            "IPv6 addresses, separated by commas, for example '2001:db8:1::10'"),
        malformed(
            "attributes",
            "deletion_protection.enabled",
            "has the element 'deletion_protection.enabled', which is not KEY=VALUE",
            "attributes as KEY=VALUE, separated by commas, for example"
                + " 'deletion_protection.enabled=true'"),
        malformed(
            "attributes",
            "dns_record.client_routing_policy=any",
            "has the attribute dns_record.client_routing_policy, whose value 'any' is not"
                + " any_availability_zone, availability_zone_affinity or"
                + " partial_availability_zone_affinity",
            "attributes as KEY=VALUE, separated by commas, for example"
                + " 'deletion_protection.enabled=true'"),
        malformed(
            "cross-zone-load-balancing-enabled", "on", bool, "true or false, for example 'true'"),
        malformed("access-log-enabled", "on", bool, "true or false, for example 'true'"),
        malformed(
            "access-log-s3-bucket-name",
            "",
            "is empty",
            "the name of a bucket, for example 'shop-logs'"),
        malformed("access-log-s3-bucket-prefix", " ", "is empty", "a path, for example 'web'"),
        malformed(
            "additional-resource-tags",
            "=x",
            "has the element '=x', which is not KEY=VALUE",
            "tags as KEY=VALUE, separated by commas, for example 'team=shop, stage=live'"),
        malformed(
            "fairway.dev/aws-replace",
            "always",
            "is not never or make-before-break",
            "never or make-before-break, for example 'make-before-break'"),
        malformed(
            "fairway.dev/aws-adopt",
            "web",
            "is not the ARN of a load balancer",
            "the ARN of a load balancer, for example"
                + " 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/web/0a1b2c3d4e5f6a7b'"),
        malformed(
            "fairway.dev/aws-adopt-approve",
            "all of it",
            "is not the digest of the event that shows the differences",
            "the digest of the event that shows the differences, for example '3f9a0c1d'"),
        malformed(
            "security-groups",
            ",",
            "is empty",
            "ids or names of security groups, separated by commas, for example 'sg-0a1b2c,"
                + " shop-clients'"),
        malformed(
            "extra-security-groups",
            "a,a",
            "names 'a' twice",
            "ids or names of security groups, separated by commas, for example 'sg-0a1b2c'"),
        malformed(
            "manage-backend-security-group-rules",
            "off",
            bool,
            "true or false, for example 'true'"),
        malformed(
            "security-group-prefix-lists",
            "10.0.0.0/8",
            "has the element '10.0.0.0/8', which is not the id of a prefix list",
            "ids of prefix lists, separated by commas, for example 'pl-0a1b2c'"),
        malformed(
            "inbound-sg-rules-on-private-link-traffic",
            "true",
            "is not on or off",
            "on or off, for example 'off'"),
        malformed("disable-nlb-sg", "on", bool, "true or false, for example 'true'"),
        malformed(
            "enable-icmp-for-path-mtu-discovery",
            "true",
            "is not on or off",
            "on or off, for example 'on'"),
        malformed(
            "ssl-cert",
            "my-cert",
            "has the element 'my-cert', which is not the ARN of a certificate",
            "ARNs of certificates, separated by commas, for example"
                + " 'arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666'"),
        malformed(
            "ssl-negotiation-policy",
            "TLS 1.3",
            "is not the name of a security policy",
            "the name of a security policy, for example 'ELBSecurityPolicy-TLS13-1-2-2021-06'"),
        malformed(
            "backend-protocol",
            "udp",
            "is not tcp, ssl, http or https",
            "tcp, ssl, http or https, for example 'ssl'"),
        malformed(
            "alpn-policy",
            "h2",
            "is not HTTP1Only, HTTP2Only, HTTP2Optional, HTTP2Preferred or None",
            "HTTP1Only, HTTP2Only, HTTP2Optional, HTTP2Preferred or None, for example"
                + " 'HTTP2Preferred'"),
        malformed("enable-tcp-udp-listener", "no", bool, "true or false, for example 'true'"),
        malformed(
            "target-group-attributes",
            "deregistration_delay.timeout_seconds=3601",
            "has the attribute deregistration_delay.timeout_seconds, whose value '3601' is not"
                + " within 0 to 3600",
            "attributes as KEY=VALUE, separated by commas, for example"
                + " 'deregistration_delay.timeout_seconds=60'"),
        malformed(
            "target-group-attributes.80",
            "proxy_protocol_v2.enabled=x",
            "has the attribute proxy_protocol_v2.enabled, whose value 'x' is neither true nor"
                + " false",
            "attributes as KEY=VALUE, separated by commas, for example"
                + " 'proxy_protocol_v2.enabled=true'"),
        malformed(
            "listener-attributes.TCP-80",
            "tcp.idle_timeout.seconds=59",
            "has the attribute tcp.idle_timeout.seconds, whose value '59' is not within 60 to 6000",
            "attributes as KEY=VALUE, separated by commas, for example"
                + " 'tcp.idle_timeout.seconds=400'"),
        malformed("proxy-protocol", "x", "is not *", "*, for example '*'"),
        malformed(
            "proxy-protocol-per-target-group",
            "*",
            "has the element '*', which is neither the number nor the name of a port",
            "numbers or names of ports, separated by commas, for example '80, https'"),
        malformed(
            "target-node-labels",
            "=edge",
            "has the element '=edge', which is not KEY=VALUE",
            "labels as KEY=VALUE, separated by commas, for example 'pool=edge'"),
        malformed(
            "healthcheck-protocol",
            "udp",
            "is not TCP, HTTP or HTTPS",
            "TCP, HTTP or HTTPS, for example 'HTTP'"),
        malformed(
            "healthcheck-port",
            "0",
            "is not within 1 to 65535",
            "the number or name of a port, or traffic-port, for example '8080'"),
        malformed(
            "healthcheck-path",
            "ready",
            "is not a path that begins with /",
            "a path that begins with /, for example '/ready'"),
        malformed(
            "healthcheck-success-codes",
            "100-200",
            "is not HTTP codes from 200 to 599, separated by commas, or a range of them",
            "HTTP codes from 200 to 599, separated by commas, or a range of them, for example"
                + " '200-299'"),
        malformed(
            "healthcheck-interval",
            "4",
            "is not within 5 to 300",
            "a whole number from 5 to 300, for example '30'"),
        malformed(
            "healthcheck-timeout",
            "121",
            "is not within 2 to 120",
            "a whole number from 2 to 120, for example '5'"),
        malformed(
            "healthcheck-healthy-threshold",
            "-1",
            "is not within 2 to 10",
            "a whole number from 2 to 10, for example '2'"),
        malformed(
            "healthcheck-unhealthy-threshold",
            "two",
            "is not a whole number from 2 to 10",
            "a whole number from 2 to 10, for example '2'"),
        malformed("multi-cluster-target-group", "2", bool, "true or false, for example 'false'"));
  }

  private static String name() {
    return "1 to 32 letters, digits and hyphens, not at either end, and not internal-…, for example"
        + " 'shop-web'";
  }

  @ParameterizedTest
  @MethodSource("malformedValues")
  void aValueThatCannotBeReadStopsEverythingAndTellsWhatIsAllowed(Malformed row) {
    var wish = base().with(row.annotation(), row.value());

    assertThat(wish.read().spec()).isEmpty();
    assertThat(wish.notes()).containsExactly(row.note());
  }

  @Test
  void everyAnnotationIsInBothTables() {
    var leftOut = LeftOutAnnotations.ALL.stream().map(known -> known.spec().key()).toList();
    var keys =
        new HashSet<>(AwsAnnotations.CATALOGUE.specs().stream().map(AnnotationSpec::key).toList());
    leftOut.forEach(keys::remove);

    // These need others beside them.
    var valid = new HashSet<>(keys);
    Set.of("eip-allocations", "ipv6-addresses", "ssl-ports").stream()
        .map(Wish::full)
        .forEach(valid::remove);
    assertThat(validValues().map(row -> Wish.full(row.annotation()))).containsAll(valid);
    var malformed = new HashSet<>(keys);
    malformed.remove(Wish.full("ssl-ports"));
    assertThat(malformedValues().map(row -> Wish.full(row.annotation()))).containsAll(malformed);
  }

  @Test
  void everyAnnotationOfBothControllersIsKnown() {
    var ends =
        """
        type nlb-target-type name scheme internal security-groups extra-security-groups
        manage-backend-security-group-rules security-group-prefix-lists
        inbound-sg-rules-on-private-link-traffic disable-nlb-sg enable-icmp-for-path-mtu-discovery
        subnets eip-allocations private-ipv4-addresses ipv6-addresses ip-address-type
        enable-prefix-for-ipv6-source-nat source-nat-ipv6-prefixes attributes
        cross-zone-load-balancing-enabled access-log-enabled access-log-s3-bucket-name
        access-log-s3-bucket-prefix access-log-emit-interval connection-draining-enabled
        connection-draining-timeout connection-idle-timeout target-group-attributes
        target-group-attributes.80 proxy-protocol proxy-protocol-per-target-group
        listener-attributes.TCP-80 listener-attributes.TCP_UDP-53 ssl-cert ssl-ports
        ssl-negotiation-policy backend-protocol alpn-policy healthcheck-protocol healthcheck-port
        healthcheck-path healthcheck-success-codes healthcheck-interval healthcheck-timeout
        healthcheck-healthy-threshold healthcheck-unhealthy-threshold target-node-labels
        additional-resource-tags multi-cluster-target-group minimum-load-balancer-capacity
        enable-tcp-udp-listener quic-enabled-ports
        """;

    assertThat(Arrays.stream(ends.strip().split("\\s+")).map(Wish::full))
        .allMatch(AwsAnnotations.CATALOGUE::reads);
    assertThat(AwsAnnotations.CATALOGUE.reads("service.beta.kubernetes.io/actions.TCP-80"))
        .isTrue();
  }

  @Test
  void anAnnotationOfTheCoreIsLeftToTheCore() {
    assertThat(
            AwsAnnotations.CATALOGUE.reads(
                "service.beta.kubernetes.io/load-balancer-source-ranges"))
        .isFalse();
  }
}
