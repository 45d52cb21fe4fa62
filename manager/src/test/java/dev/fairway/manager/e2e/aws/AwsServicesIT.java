// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.aws;

import static dev.fairway.manager.e2e.aws.AwsCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Services as users write them, and what AWS has then.
class AwsServicesIT {
  private static AwsCluster cluster;
  private static String certificate;

  @BeforeAll
  static void start() {
    cluster = AwsCluster.start(3);
    certificate = cluster.account().uploadCertificate("web");
    cluster.controller("leaderElection: {enabled: false}", "auditSeconds: 2");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void leaveNothing() {
    cluster.controllerProcess().requireAlive();
    cluster.clear();
  }

  @Test
  void aServiceWithTlsHasListenersTargetGroupsAndTags() {
    var web =
        cluster.create(
            Wish.named("web")
                .port("TCP", 80, 0)
                .port("TCP", 443, 0)
                .aws("ssl-cert", certificate)
                .aws("ssl-ports", "443")
                .aws("alpn-policy", "HTTP2Preferred")
                .build());

    var balancer = cluster.account().balancer(cluster.awaitServed(web));

    var account = cluster.account();
    assertThat(balancer.name()).matches("k8s-default-web-[0-9a-z]{10}");
    assertThat(account.listeners(balancer))
        .extracting("port", "protocol", "alpn", "certificate")
        .containsExactlyInAnyOrder(
            tuple(80, "TCP", "", ""), tuple(443, "TLS", "HTTP2Preferred", certificate));
    assertThat(account.targetGroups())
        .hasSize(2)
        .allSatisfy(group -> {
          assertThat(group.protocol()).isEqualTo("TCP");
          assertThat(account.targets(group)).hasSize(3);
          assertThat(account.tags(group.arn()))
              .containsEntry("fairway.dev/cluster", AwsCluster.NAME)
              .containsEntry("fairway.dev/service", "default/web");
        });
    assertThat(account.tags(balancer.arn()))
        .containsEntry("kubernetes.io/cluster/" + AwsCluster.NAME, "owned")
        .containsEntry("kubernetes.io/service-name", "default/web")
        .containsEntry("fairway.dev/cluster", AwsCluster.NAME)
        .containsEntry("fairway.dev/service", "default/web")
        .containsEntry("fairway.dev/resource", "LoadBalancer");
    assertThat(cluster.condition(web, "LoadBalancerServing").orElseThrow().getStatus())
        .isEqualTo("True");
    assertThat(cluster.get(web).orElseThrow().getMetadata().getFinalizers())
        .contains("service.kubernetes.io/load-balancer-cleanup");
    assertThat(cluster.warnings(web)).isEmpty();
  }

  @Test
  void aForeignLoadBalancerWithTheNameThatWasAskedForIsNotTouched() {
    var foreign = balancerOfSomebody("taken");
    var web = cluster.create(Wish.web("web").aws("name", "taken").build());

    awaitWarning(web, "NameConflict", "taken", "aws-load-balancer-name");
    assertThat(cluster.hostname(web)).isEmpty();
    assertThat(cluster.account().ports(foreign)).isEmpty();
    assertThat(cluster.account().tags(foreign.arn())).doesNotContainKey("fairway.dev/service");

    cluster.account().changeBalancers("DeleteLoadBalancer", "LoadBalancerArn", foreign.arn());
    cluster.awaitServed(web);
  }

  @Test
  void aForeignLoadBalancerWithTheNameThatWeComputeIsNotTouched() {
    var web = cluster.create(Wish.web("web").build());
    var name = cluster.account().balancer(cluster.awaitServed(web)).name();
    cluster.delete(web);
    cluster.awaitGone(web);
    var foreign = balancerOfSomebody(name);

    var again = cluster.create(Wish.web("web").build());

    awaitWarning(again, "NameConflict", name);
    assertThat(cluster.account().ports(foreign)).isEmpty();
    cluster.account().changeBalancers("DeleteLoadBalancer", "LoadBalancerArn", foreign.arn());
    cluster.awaitServed(again);
  }

  /// aws-load-balancer-controller issue 3027.
  @Test
  void aNameThatAnotherServiceHasIsRefusedAndTheFirstIsUnharmed() {
    var first = cluster.create(Wish.web("first").aws("name", "shop").build());
    var balancer = cluster.account().balancer(cluster.awaitServed(first));

    var second =
        cluster.create(Wish.named("second").port("TCP", 81, 0).aws("name", "shop").build());

    awaitWarning(second, "shop");
    assertThat(cluster.hostname(second)).isEmpty();
    assertThat(cluster.account().balancers()).containsExactly(balancer);
    assertThat(cluster.account().ports(balancer)).isEqualTo(Set.of(80));
    assertThat(cluster.account().tags(balancer.arn()))
        .containsEntry("fairway.dev/service", "default/first");
    cluster.delete(first);
    cluster.awaitServed(second);
  }

  @Test
  void aServiceOfBothProtocolsOnOnePortHasOneListener() {
    var dns =
        cluster.create(Wish.named("dns").port("TCP", 53, 30053).port("UDP", 53, 30053).build());

    var balancer = cluster.account().balancer(cluster.awaitServed(dns));

    assertThat(cluster.account().listeners(balancer))
        .extracting("port", "protocol")
        .containsExactly(tuple(53, "TCP_UDP"));
    assertThat(cluster.account().targetGroups()).extracting("protocol").containsExactly("TCP_UDP");
  }

  @Test
  void differentNodePortsForTheTwoProtocolsOfAPortAreTold() {
    var dns =
        cluster.create(Wish.named("dns").port("TCP", 53, 30053).port("UDP", 53, 30054).build());

    awaitWarning(dns, "53", "UDP");
    await().atMost(SOON).until(() -> cluster.hostname(dns).isPresent());
    assertThat(cluster.account().listeners(cluster.account().balancers().getFirst()))
        .extracting("port", "protocol")
        .containsExactly(tuple(53, "TCP"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          eip-allocations            | eipalloc-0a1b2c             | internet-facing
          healthcheck-interval       | -1                          | 5
          healthcheck-healthy-threshold | -2                       | 2
          proxy-protocol             | x                           | *
          ssl-ports                  | nope                        | nope
          name                       | a23456789-123456789-123456789-123 | 33 characters
          scheme                     | public                      | internet-facing
          nlb-target-type            | pod                         | instance
          healthcheck-protocol       | icmp                        | HTTP
          ip-address-type            | ipv6                        | dualstack
          target-group-attributes    | preserve_client_ip.enabled=maybe | neither true nor false
          attributes                 | deletion_protection.enabled | KEY=VALUE
          private-ipv4-addresses     | 10.0.0.300                  | IPv4
          """)
  void wrongInputIsToldAndNothingIsCalled(String key, String value, String allowed) {
    var mutations = cluster.mutations();
    var wish = Wish.web("web").aws(key, value);
    if (key.equals("ssl-ports")) {
      wish.aws("ssl-cert", certificate);
    }

    var web = cluster.create(wish.build());

    awaitWarning(web, Wish.PREFIX + key, value, allowed);
    assertThat(cluster.condition(web, "LoadBalancerServing"))
        .hasValueSatisfying(condition -> {
          assertThat(condition.getStatus()).isEqualTo("False");
          assertThat(condition.getMessage()).contains(Wish.PREFIX + key);
        });
    assertThat(mutations.get().all()).isEmpty();
  }

  @Test
  void anIntervalShorterThanItsTimeoutIsToldAndNothingIsCalled() {
    var mutations = cluster.mutations();
    var web =
        cluster.create(
            Wish.web("web")
                .aws("healthcheck-interval", "10")
                .aws("healthcheck-timeout", "20")
                .build());

    awaitWarning(web, "healthcheck-", "20", "10");
    assertThat(mutations.get().all()).isEmpty();
  }

  @Test
  void clientAddressesThatUdpCannotLoseAreToldAndNothingIsCalled() {
    var mutations = cluster.mutations();
    var web =
        cluster.create(
            Wish.named("web")
                .port("UDP", 53, 0)
                .aws("target-group-attributes", "preserve_client_ip.enabled=false")
                .build());

    awaitWarning(web, "preserve_client_ip.enabled", "UDP");
    assertThat(mutations.get().all()).isEmpty();
  }

  @Test
  void anUnknownAnnotationIsServedAndToldWithTheNearestOne() {
    var web = cluster.create(Wish.web("web").aws("schema", "internal").build());

    await().atMost(SOON).until(() -> cluster.hostname(web).isPresent());
    awaitWarning(web, Wish.PREFIX + "schema", Wish.PREFIX + "scheme");
  }

  @Test
  void servicesThatShareHaveOneLoadBalancerAndTheOldestClaimWins() {
    var first = cluster.create(shared("first", 80));
    cluster.awaitServed(first);
    var second = cluster.create(shared("second", 81));
    cluster.awaitServed(second);
    var third = cluster.create(shared("third", 80));
    awaitWarning(third, "80", "first");

    var balancer = cluster.account().balancers().getFirst();
    assertThat(cluster.account().balancers()).hasSize(1);
    assertThat(cluster.account().ports(balancer)).isEqualTo(Set.of(80, 81));
    assertThat(cluster.hostname(second)).isEqualTo(cluster.hostname(first));

    cluster.delete(first);
    cluster.awaitGone(first);
    cluster.awaitServed(third);
    assertThat(cluster.account().balancers()).containsExactly(balancer);
    assertThat(cluster.account().ports(balancer)).isEqualTo(Set.of(80, 81));

    cluster.delete(third);
    cluster.awaitGone(third);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(cluster.account().ports(balancer)).isEqualTo(Set.of(81)));
    cluster.delete(second);
    cluster.awaitGone(second);
    assertThat(cluster.account().balancers()).isEmpty();
  }

  @Test
  void aTypeThatChangesToAndFroLeavesOneLoadBalancer() {
    var web = cluster.create(Wish.web("web").build());
    cluster.awaitServed(web);
    for (var type : List.of("ClusterIP", "LoadBalancer", "ClusterIP", "LoadBalancer")) {
      cluster.patch(web, "{\"spec\":{\"type\":\"%s\"}}".formatted(type));
    }

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(cluster.isServed(web)).isTrue();
          assertThat(cluster.account().balancers())
              .singleElement()
              .satisfies(one -> {
                assertThat(cluster.hostname(web)).contains(one.dns());
                assertThat(cluster.account().ports(one)).isEqualTo(Set.of(80));
              });
          assertThat(cluster.account().targetGroups()).hasSize(1);
        });

    cluster.patch(web, "{\"spec\":{\"type\":\"ClusterIP\"}}");
    await().atMost(SOON).untilAsserted(() -> assertThat(cluster.account().leftovers()).isEmpty());
  }

  @Test
  void aProtectionThatTheServiceAsksForHoldsItsDeletionBack() {
    var web =
        cluster.create(
            Wish.web("web").aws("attributes", "deletion_protection.enabled=true").build());
    cluster.awaitServed(web);
    cluster.delete(web);

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(cluster.condition(web, "LoadBalancerProvisioning"))
                .hasValueSatisfying(condition ->
                    assertThat(condition.getMessage())
                        .contains("protected from deletion", "in AWS")));
    assertThat(cluster.account().balancers()).hasSize(1);

    cluster
        .account()
        .changeBalancers(
            "ModifyLoadBalancerAttributes",
            "LoadBalancerArn",
            cluster.account().balancers().getFirst().arn(),
            "Attributes.member.1.Key",
            "deletion_protection.enabled",
            "Attributes.member.1.Value",
            "false");
    await().atMost(SOON.multipliedBy(2)).until(() -> cluster.get(web).isEmpty());
  }

  private static Service shared(String name, int port) {
    return Wish.named(name).port("TCP", port, 0).annotation("fairway.dev/share", "edge").build();
  }

  private static AwsAccount.Balancer balancerOfSomebody(String name) {
    cluster
        .account()
        .changeBalancers(
            "CreateLoadBalancer",
            "Name",
            name,
            "Type",
            "network",
            "Scheme",
            "internal",
            "Subnets.member.1",
            cluster.network().privateSubnets().firstEntry().getValue());
    return cluster.account().balancers().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitWarning(Service service, String... words) {
    await().atMost(SOON).untilAsserted(() -> assertThat(cluster.warnings(service)).contains(words));
  }
}
