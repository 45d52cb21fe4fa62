// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import static dev.fairway.aws.spec.Wish.full;
import static dev.fairway.aws.spec.Wish.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.Traffic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Values that can be read but do not go together, or with the Service.
class SpecRulesTest {
  private static Wish web() {
    return wish().tcp(80, "http").tcp(443, "https");
  }

  private static String invalid(String annotation, String value, String why) {
    return "BLOCKING InvalidAnnotation: annotation %s: '%s' %s"
        .formatted(full(annotation), value, why);
  }

  private static void refuses(Wish wish, String... notes) {
    assertThat(wish.read().spec()).isEmpty();
    assertThat(wish.notes()).containsExactly(notes);
  }

  private static void warns(Wish wish, String... notes) {
    assertThat(wish.read().spec()).isPresent();
    assertThat(wish.notes()).containsExactly(notes);
  }

  @Test
  void thereMustBeAnElasticIpForEachSubnet() {
    refuses(
        web()
            .with("scheme", "internet-facing")
            .with("subnets", "a,b")
            .with("eip-allocations", "eipalloc-1"),
        invalid(
            "eip-allocations",
            "eipalloc-1",
            "has 1 for 2 subnets; write one for each subnet of " + full("subnets")));
  }

  @Test
  void elasticIpsAreForInternetFacingLoadBalancers() {
    var fix = "; set %s to internet-facing, or remove it".formatted(full("scheme"));
    var notes =
        invalid(
            "eip-allocations", "eipalloc-1", "cannot be had by an internal load balancer" + fix);

    refuses(web().with("eip-allocations", "eipalloc-1"), notes);
    refuses(web().with("eip-allocations", "eipalloc-1").with("internal", "true"), notes);
    assertThat(
            web()
                .with("eip-allocations", "eipalloc-1")
                .with("internal", "true")
                .with("scheme", "internet-facing")
                .spec()
                .fixed())
        .isEqualTo(new FixedAddresses(List.of("eipalloc-1"), List.of(), List.of()));
  }

  @Test
  void privateAddressesAreForInternalLoadBalancers() {
    refuses(
        web().with("scheme", "internet-facing").with("private-ipv4-addresses", "10.0.0.9"),
        invalid(
            "private-ipv4-addresses",
            "10.0.0.9",
            "cannot be had by an internet-facing load balancer; set %s to internal, or remove it"
                .formatted(full("scheme"))));
  }

  @Test
  void ipv6AddressesNeedDualstack() {
    refuses(
        web().with("ip-address-type", "ipv4").with("ipv6-addresses", "2001:db8::1"),
        invalid(
            "ipv6-addresses",
            "2001:db8::1",
            "needs address type dualstack; set %s to dualstack, or remove it"
                .formatted(full("ip-address-type"))));
    assertThat(
            web()
                .with("ip-address-type", "dualstack")
                .with("ipv6-addresses", "2001:DB8:0:0::1")
                .spec()
                .fixed()
                .ipv6())
        .containsExactly("2001:db8::1");
  }

  @Test
  void aServiceOfIpv6NeedsDualstack() {
    var service = web().families(false, IpFamily.IPV6, IpFamily.IPV4);

    refuses(
        service.with("ip-address-type", "ipv4"),
        invalid(
            "ip-address-type",
            "ipv4",
            "cannot be had by a Service whose first family in spec.ipFamilies is IPv6; write"
                + " dualstack"));
    assertThat(service.spec().listeners()).allMatch(listener -> listener.group().ipv6());
  }

  @Test
  void aServiceThatRequiresIpv6GetsDualstackAndOneThatPrefersItKeepsWhatItHas() {
    assertThat(web().families(true, IpFamily.IPV4, IpFamily.IPV6).spec().addressType())
        .contains(AddressType.DUALSTACK);
    assertThat(web().families(false, IpFamily.IPV6).spec().addressType())
        .contains(AddressType.DUALSTACK);
    assertThat(web().families(false, IpFamily.IPV4, IpFamily.IPV6).spec().addressType()).isEmpty();
  }

  @Test
  void aTlsPortNeedsACertificate() {
    refuses(
        web().with("ssl-ports", "443"),
        invalid(
            "ssl-ports",
            "443",
            "needs a certificate; name one in annotation %s, or remove it"
                .formatted(full("ssl-cert"))));
  }

  @Test
  void aTimeoutMustNotBeLongerThanTheInterval() {
    refuses(
        web().with("healthcheck-interval", "5").with("healthcheck-timeout", "6"),
        invalid(
            "healthcheck-timeout",
            "6",
            "is longer than the interval of 5 seconds; write at most 5, or a longer "
                + full("healthcheck-interval")));
  }

  @Test
  void aNameThatNoPortHasIsNotGuessed() {
    var cert = web().with("ssl-cert", "arn:aws:acm:x:123456789012:certificate/a");
    for (var row :
        List.of(
            Map.entry("ssl-ports", cert),
            Map.entry("proxy-protocol-per-target-group", web()),
            Map.entry("healthcheck-port", web()))) {
      refuses(
          row.getValue().with(row.getKey(), "htps"),
          invalid(
              row.getKey(),
              "htps",
              "names port 'htps', which no Service of the load balancer has; write one of [http,"
                  + " https, 80, 443]"));
    }
  }

  @Test
  void aNumberThatNoPortHasIsTold() {
    warns(
        web().with("proxy-protocol-per-target-group", "80,81"),
        "WARNING PortNotFound: annotation %s names port 81, which no Service of the load balancer has; write one of [80, 443]"
            .formatted(full("proxy-protocol-per-target-group")));
    warns(
        web().with("target-group-attributes.81", "stickiness.enabled=true"),
        "WARNING PortNotFound: annotation %s is for a port that no Service of the load balancer has; write one of [80, 443]"
            .formatted(full("target-group-attributes.81")));
    warns(
        web().with("listener-attributes.UDP-80", "tcp.idle_timeout.seconds=60"),
        "WARNING PortNotFound: annotation %s is for a listener that there is not; write one of [TCP-80, TCP-443]"
            .formatted(full("listener-attributes.UDP-80")));
  }

  @Test
  void udpKeepsTheAddressOfTheClient() {
    var dns = wish().tcp(80).udp(53);

    refuses(
        dns.with("target-group-attributes", "preserve_client_ip.enabled=false"),
        invalid(
            "target-group-attributes",
            "preserve_client_ip.enabled=false",
            "has preserve_client_ip.enabled=false, which UDP on port 53 cannot have; write %s:"
                    .formatted(full("target-group-attributes.53"))
                + " 'preserve_client_ip.enabled=true'"));
    refuses(
        dns.with("target-group-attributes.53", "preserve_client_ip.enabled=F"),
        invalid(
            "target-group-attributes.53",
            "preserve_client_ip.enabled=F",
            "has preserve_client_ip.enabled=false, which UDP on port 53 cannot have; write %s:"
                    .formatted(full("target-group-attributes.53"))
                + " 'preserve_client_ip.enabled=true'"));
    assertThat(
            dns.with("target-group-attributes", "preserve_client_ip.enabled=false")
                .with("target-group-attributes.53", "preserve_client_ip.enabled=true")
                .notes())
        .isEmpty();
  }

  @Test
  void aPortWithoutANodePortIsLeftOutAndAloneRefused() {
    var bare = Wish.frontend("web", "", Protocol.TCP, 81, Wish.pods(), Wish.CLUSTER);
    var note =
        "NodePortMissing: port 81/TCP of Service shop/web has no node port, by which targets of"
            + " type instance are reached; set spec.allocateLoadBalancerNodePorts to true, or"
            + " annotation %s to ip".formatted(full("nlb-target-type"));

    refuses(wish().with(bare), "BLOCKING " + note);
    warns(wish().tcp(80).with(bare), "WARNING " + note);
    assertThat(wish().tcp(80).with(bare).listener().port()).isEqualTo(80);
    assertThat(wish().with(bare).with("nlb-target-type", "ip").notes()).isEmpty();
  }

  @Test
  void proxyProtocolBreaksTheHealthChecksOfKubeProxy() {
    var local = wish().local(80).with("proxy-protocol", "*");

    warns(
        local,
        "WARNING HealthCheckFails: listener TCP/80: with proxy protocol v2 and externalTrafficPolicy"
            + " Local, HTTP health checks fail, because what answers them on the nodes does not"
            + " speak it; set %s to tcp and %s to traffic-port, or use proxy protocol with"
                .formatted(full("healthcheck-protocol"), full("healthcheck-port"))
            + " externalTrafficPolicy Cluster");
    assertThat(
            local
                .with("healthcheck-protocol", "tcp")
                .with("healthcheck-port", "traffic-port")
                .notes())
        .isEmpty();
    assertThat(
            wish().tcp(80).with("proxy-protocol", "*").with("healthcheck-protocol", "http").notes())
        .isEmpty();
  }

  @Test
  void accessLogsNeedABucket() {
    refuses(
        web().with("access-log-enabled", "true"),
        invalid(
            "access-log-enabled",
            "true",
            "asks for access logs without a bucket; name one in annotation "
                + full("access-log-s3-bucket-name")));
    refuses(
        web().with("attributes", "access_logs.s3.enabled=true"),
        invalid(
            "attributes",
            "access_logs.s3.enabled=true",
            "asks for access logs without a bucket; name one in annotation "
                + full("access-log-s3-bucket-name")));
  }

  @Test
  void theOldFormsOfAttributesComeBeforeTheMap() {
    var attributes =
        web()
            .with(
                "attributes",
                "load_balancing.cross_zone.enabled=false,access_logs.s3.enabled=false,"
                    + "access_logs.s3.bucket=a,access_logs.s3.prefix=a,deletion_protection.enabled=false")
            .with("cross-zone-load-balancing-enabled", "true")
            .with("access-log-enabled", "true")
            .with("access-log-s3-bucket-name", "b")
            .with("access-log-s3-bucket-prefix", "c")
            .spec()
            .attributes();

    assertThat(attributes)
        .isEqualTo(
            Map.of(
                "load_balancing.cross_zone.enabled", "true",
                "access_logs.s3.enabled", "true",
                "access_logs.s3.bucket", "b",
                "access_logs.s3.prefix", "c",
                "deletion_protection.enabled", "false"));
  }

  @Test
  void attributesThatAreNotKnownArePassedOnAndTold() {
    var wish =
        web()
            .with("attributes", "deletion_protektion.enabled=true")
            .with("target-group-attributes.80", "new.attribute=x=y")
            .with("listener-attributes.TCP-80", "tcp.idle_timeout.second=60");

    warns(
        wish,
        "WARNING UnknownAttribute: annotation %s: attribute 'deletion_protektion.enabled' is not known here, and is passed on to AWS as it is; did you mean deletion_protection.enabled?"
            .formatted(full("attributes")),
        "WARNING UnknownAttribute: annotation %s: attribute 'new.attribute' is not known here, and is passed on to AWS as it is; check its name if AWS refuses it"
            .formatted(full("target-group-attributes.80")),
        "WARNING UnknownAttribute: annotation %s: attribute 'tcp.idle_timeout.second' is not known here, and is passed on to AWS as it is; did you mean tcp.idle_timeout.seconds?"
            .formatted(full("listener-attributes.TCP-80")));
    assertThat(wish.spec().attributes()).isEqualTo(Map.of("deletion_protektion.enabled", "true"));
    assertThat(wish.spec().listeners().getFirst().group().attributes())
        .containsEntry("new.attribute", "x=y");
  }

  @Test
  void tagsByWhichLoadBalancersAreOwnedCannotBeSet() {
    var reserved =
        "[fairway.dev/, kubernetes.io/cluster/, kubernetes.io/service-name, elbv2.k8s.aws/,"
            + " service.k8s.aws/, aws:]";
    for (var key :
        List.of(
            "fairway.dev/service",
            "kubernetes.io/cluster/other",
            "kubernetes.io/service-name",
            "elbv2.k8s.aws/cluster",
            "AWS:x")) {
      refuses(
          web().with("additional-resource-tags", "a=b," + key + "=x"),
          invalid(
              "additional-resource-tags",
              "a=b," + key + "=x",
              "has the tag '%s', which says whose the load balancer is; leave out tags that begin with one of %s"
                  .formatted(key, reserved)));
    }
  }

  @Test
  void tagsAreNotLongerThanAwsAllows() {
    refuses(
        web().with("additional-resource-tags", "k".repeat(129) + "=v"),
        invalid(
            "additional-resource-tags",
            "k".repeat(129) + "=v",
            "has the tag '%s', which is too long; write at most 128 characters in a key and 256 in a value"
                .formatted("k".repeat(129))));
    assertThat(web().with("additional-resource-tags", "k=" + "v".repeat(256)).notes()).isEmpty();
  }

  @Test
  void theTagsOfTheConfigurationComeBeforeThoseOfTheService() {
    var defaults =
        new Defaults(
            Scheme.INTERNAL,
            TargetType.INSTANCE,
            true,
            0,
            0,
            new TreeMap<>(Map.of("owner", "platform")),
            "P");

    assertThat(web().with(defaults).with("additional-resource-tags", "owner=me,a=b").spec().tags())
        .isEqualTo(Map.of("owner", "platform", "a", "b"));
  }

  @Test
  void noSecurityGroupsContradictsSome() {
    refuses(
        web()
            .with("disable-nlb-sg", "true")
            .with("security-groups", "sg-1")
            .with("extra-security-groups", "sg-2"),
        invalid(
            "security-groups",
            "sg-1",
            "contradicts %s; remove one of the two".formatted(full("disable-nlb-sg"))),
        invalid(
            "extra-security-groups",
            "sg-2",
            "contradicts %s; remove one of the two".formatted(full("disable-nlb-sg"))));
  }

  @Test
  void withoutAGroupOfOursWhoMayConnectIsNotOursToSay() {
    var traffic =
        new Traffic(ExternalTrafficPolicy.CLUSTER, List.of("192.0.2.0/24"), Optional.empty());
    var own =
        wish()
            .with(Wish.frontend("web", "", Protocol.TCP, 80, Wish.nodePort(30080), traffic))
            .with("security-groups", "sg-1")
            .with("extra-security-groups", "sg-1,sg-2")
            .with("manage-backend-security-group-rules", "true")
            .with("security-group-prefix-lists", "pl-1")
            .with("enable-icmp-for-path-mtu-discovery", "on");

    warns(
        own,
        "WARNING NotApplied: annotation %s is not applied; have the security groups of the load balancer say so"
            .formatted(full("security-group-prefix-lists")),
        "WARNING NotApplied: annotation %s is not applied; have the security groups of the load balancer say so"
            .formatted(full("enable-icmp-for-path-mtu-discovery")),
        "WARNING NotApplied: the source ranges of Service shop/web are not applied: its load"
            + " balancer has no security group of Fairway's; have the security groups of the load"
            + " balancer say so, or leave them to Fairway");
    assertThat(own.spec().groups()).isEqualTo(new GroupsWish.Own(List.of("sg-1", "sg-2"), true));
    assertThat(own.listener().prefixLists()).isEmpty();
  }

  @Test
  void withoutManagedGroupsByConfigurationThereAreNoneUnlessNamed() {
    var defaults =
        new Defaults(Scheme.INTERNAL, TargetType.INSTANCE, false, 0, 0, new TreeMap<>(), "P");

    assertThat(web().with(defaults).spec().groups()).isEqualTo(new GroupsWish.Off());
    assertThat(web().with(defaults).with("security-groups", "sg-1").spec().groups())
        .isEqualTo(new GroupsWish.Own(List.of("sg-1"), false));
  }

  @Test
  void sourceRangesAreWrittenAsEc2WritesThem() {
    var traffic =
        new Traffic(
            ExternalTrafficPolicy.CLUSTER,
            List.of(" 10.1.2.3/8", "10.0.0.0/8", "2001:DB8:0:0:1::/48", "::/0"),
            Optional.empty());
    var service =
        wish().with(Wish.frontend("web", "", Protocol.TCP, 80, Wish.nodePort(30080), traffic));

    assertThat(service.listener().sources()).containsExactly("10.0.0.0/8", "2001:db8::/48", "::/0");
    assertThat(service.with("security-group-prefix-lists", "pl-1").listener())
        .returns(List.of("pl-1"), ListenerSpec::prefixLists)
        .returns(List.of("10.0.0.0/8", "2001:db8::/48", "::/0"), ListenerSpec::sources);
  }

  @Test
  void aSourceRangeThatIsNoneIsRefused() {
    for (var range : List.of("10.0.0.0", "10.0.0/8", "10.0.0.0/33", "all", "fe80::1%eth0/64")) {
      var traffic = new Traffic(ExternalTrafficPolicy.CLUSTER, List.of(range), Optional.empty());
      refuses(
          wish().with(Wish.frontend("web", "", Protocol.TCP, 80, Wish.nodePort(30080), traffic)),
          "BLOCKING InvalidSourceRange: source range '%s' of Service shop/web is not a CIDR; write for example 192.0.2.0/24"
              .formatted(range));
    }
  }

  @Test
  void whatIsLeftOutIsToldWithWhatToUseInstead() {
    for (var known : LeftOutAnnotations.ALL) {
      warns(
          web().with(known.spec().key(), "1"),
          "WARNING NotApplied: annotation %s is not applied; %s"
              .formatted(known.spec().key(), known.instead()));
    }
    warns(
        web().with("multi-cluster-target-group", "true"),
        "WARNING NotApplied: annotation %s is not applied; give each cluster a Service of its own"
            .formatted(full("multi-cluster-target-group")));
    warns(
        web().with("service.beta.kubernetes.io/actions.TCP-80", "{}"),
        "WARNING NotApplied: annotation service.beta.kubernetes.io/actions.TCP-80 is not applied:"
            + " all traffic goes to the Service itself; remove it, or spread the traffic inside the"
            + " cluster");
    warns(
        web().with("backend-protocol", "http"),
        "WARNING NotApplied: annotation %s is not applied; write tcp or ssl: this is for Classic Load Balancers"
            .formatted(full("backend-protocol")));
  }

  @Test
  void everythingThatIsTheMatterIsToldAtOnce() {
    var wish =
        web()
            .with("scheme", "public")
            .with("healthcheck-interval", "1")
            .with("ssl-cert", "x")
            .with("proxy-protocol", "true")
            .with("name", "-");

    assertThat(
            wish.notes().stream().map(line -> line.replaceAll(".*load-balancer-(\\S+): '.*", "$1")))
        .containsExactlyInAnyOrder(
            "scheme", "healthcheck-interval", "ssl-cert", "proxy-protocol", "name");
    assertThat(wish.read().spec()).isEmpty();
  }

  @Test
  void everyValueOfGoIsABoolean() {
    for (var yes : Arrays.asList("1", "t", "T", "TRUE", "true", "True")) {
      assertThat(web().with("cross-zone-load-balancing-enabled", yes).spec().attributes())
          .containsEntry("load_balancing.cross_zone.enabled", "true");
    }
    for (var no : Arrays.asList("0", "f", "F", "FALSE", "false", "False")) {
      assertThat(web().with("cross-zone-load-balancing-enabled", no).spec().attributes())
          .containsEntry("load_balancing.cross_zone.enabled", "false");
    }
  }
}
