// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.aws;

import static dev.fairway.manager.e2e.aws.AwsCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.aws.query.QueryCall;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What others change at AWS behind the back of the controller: the audit finds it.
class AwsDriftIT {
  private static final String ATTRIBUTE = "load_balancing.cross_zone.enabled";
  private static final String FOREIGN = "of-another-cluster";
  // What was made less than a minute ago is trusted more than a list, which may be older.
  private static final Duration AFTER_A_MINUTE = Duration.ofSeconds(90);
  private static AwsCluster cluster;
  private Service web;
  private AwsAccount.Balancer balancer;

  @BeforeAll
  static void start() {
    cluster = AwsCluster.start(3);
    startController();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void oneServiceIsServed() {
    web =
        cluster.create(
            Wish.web("web").port("TCP", 81, 0).aws("attributes", ATTRIBUTE + "=true").build());
    balancer = cluster.account().balancer(cluster.awaitServed(web));
  }

  @AfterEach
  void leaveNothing() {
    cluster.controllerProcess().requireAlive();
    cluster.clear();
  }

  @Test
  void aLoadBalancerThatWasDeletedIsMadeAgain() {
    remove("DeleteLoadBalancer", "LoadBalancerArn", balancer.arn());

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(cluster.account().balancers())
              .singleElement()
              .satisfies(one -> {
                assertThat(one.arn()).isNotEqualTo(balancer.arn());
                assertThat(cluster.account().ports(one)).isEqualTo(Set.of(80, 81));
                assertThat(cluster.hostname(web)).contains(one.dns());
              });
          assertThat(cluster.account().targetGroups()).hasSize(2);
        });
    isTold();
  }

  @Test
  void aListenerThatWasDeletedIsMadeAgain() {
    var listener = listener(80);
    remove("DeleteListener", "ListenerArn", listener.arn());

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(cluster.account().ports(balancer)).isEqualTo(Set.of(80, 81)));
    isTold();
  }

  @Test
  void aTargetGroupThatWasDeletedIsMadeAgain() {
    var group = cluster.account().targetGroups().getFirst();
    cluster
        .account()
        .listeners(balancer)
        .forEach(listener -> remove("DeleteListener", "ListenerArn", listener.arn()));
    remove("DeleteTargetGroup", "TargetGroupArn", group.arn());

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(cluster.account().ports(balancer)).isEqualTo(Set.of(80, 81));
          assertThat(cluster.account().targetGroups())
              .hasSize(2)
              .allSatisfy(one -> assertThat(cluster.account().targets(one)).hasSize(3));
        });
    isTold();
  }

  @Test
  void aRuleForClientsThatWasDeletedIsMadeAgain() {
    var front =
        cluster.account().securityGroups().entrySet().stream()
            .filter(group -> group.getValue().startsWith("k8s-default-web"))
            .findFirst()
            .orElseThrow()
            .getKey();
    var before = cluster.account().rules(front);
    cluster
        .account()
        .change(
            QueryCall.EC2,
            "RevokeSecurityGroupIngress",
            "GroupId",
            front,
            "IpPermissions.1.IpProtocol",
            "tcp",
            "IpPermissions.1.FromPort",
            "0",
            "IpPermissions.1.ToPort",
            "65535",
            "IpPermissions.1.IpRanges.1.CidrIp",
            "0.0.0.0/0");
    assertThat(cluster.account().rules(front)).isNotEqualTo(before);

    await()
        .atMost(AFTER_A_MINUTE)
        .untilAsserted(() ->
            assertThat(cluster.account().rules(front)).containsExactlyInAnyOrderElementsOf(before));
    isTold();
  }

  @Test
  void anAttributeThatWasFlippedIsFlippedBack() {
    cluster
        .account()
        .changeBalancers(
            "ModifyLoadBalancerAttributes",
            "LoadBalancerArn",
            balancer.arn(),
            "Attributes.member.1.Key",
            ATTRIBUTE,
            "Attributes.member.1.Value",
            "false");

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(cluster.account().attributes(balancer)).containsEntry(ATTRIBUTE, "true"));
    isTold();
  }

  @Test
  void aTagThatWasDeletedComesBack() {
    cluster
        .account()
        .changeBalancers(
            "RemoveTags",
            "ResourceArns.member.1",
            balancer.arn(),
            "TagKeys.member.1",
            "kubernetes.io/service-name");

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(cluster.account().tags(balancer.arn()))
                .containsEntry("kubernetes.io/service-name", "default/web"));
    isTold();
  }

  @Test
  void aListenerThatNobodyAskedForIsRemoved() {
    cluster
        .account()
        .changeBalancers(
            "CreateListener",
            "LoadBalancerArn",
            balancer.arn(),
            "Protocol",
            "TCP",
            "Port",
            "9999",
            "DefaultActions.member.1.Type",
            "forward",
            "DefaultActions.member.1.TargetGroupArn",
            cluster.account().targetGroups().getFirst().arn());
    assertThat(cluster.account().ports(balancer)).contains(9999);

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(cluster.account().ports(balancer)).isEqualTo(Set.of(80, 81)));
  }

  /// cloud-provider-aws takes a load balancer that is gone for the end of its work, and leaves
  /// target groups and security groups behind.
  @Test
  void nothingIsLeftOfAServiceWhoseLoadBalancerWasDeletedBefore() {
    remove("DeleteLoadBalancer", "LoadBalancerArn", balancer.arn());
    cluster.delete(web);

    cluster.awaitGone(web);
    await().atMost(SOON).untilAsserted(() -> assertThat(cluster.account().leftovers()).isEmpty());
  }

  @Test
  void aProtectionThatWasSetByHandIsRespected() {
    protect(true);
    cluster.delete(web);

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(cluster.condition(web, "LoadBalancerProvisioning"))
                .hasValueSatisfying(condition ->
                    assertThat(condition.getMessage())
                        .contains("protected from deletion", "deletion_protection.enabled")));
    assertThat(cluster.account().attributes(balancer))
        .containsEntry("deletion_protection.enabled", "true");
    assertThat(cluster.account().balancers()).hasSize(1);

    protect(false);
    await().atMost(SOON.multipliedBy(2)).until(() -> cluster.get(web).isEmpty());
  }

  @Test
  void whatNoServiceClaimsGoesAfterTheGraceTimeAndWhatAnotherClusterHasStays() {
    var foreign = foreignBalancer();
    cluster.kill();
    cluster.patch(web, "{\"metadata\":{\"finalizers\":null}}");
    cluster.delete(web);
    cluster.awaitGone(web);

    startController();

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(cluster.account().leftovers()).containsExactly(FOREIGN));
    remove("DeleteLoadBalancer", "LoadBalancerArn", foreign);
  }

  private static void startController() {
    cluster.controllerWithSettings(
        "auditDescribesPerSecond: 50,",
        "leaderElection: {enabled: false}",
        "auditSeconds: 2",
        "orphans: {delete: true, graceSeconds: 3}");
  }

  /// Of another cluster in the same account, for a Service of the same name.
  private static String foreignBalancer() {
    return cluster
        .account()
        .changeBalancers(
            "CreateLoadBalancer",
            "Name",
            FOREIGN,
            "Type",
            "network",
            "Subnets.member.1",
            cluster.network().privateSubnets().firstEntry().getValue(),
            "Tags.member.1.Key",
            "kubernetes.io/cluster/other",
            "Tags.member.1.Value",
            "owned",
            "Tags.member.2.Key",
            "fairway.dev/cluster",
            "Tags.member.2.Value",
            "other",
            "Tags.member.3.Key",
            "fairway.dev/service",
            "Tags.member.3.Value",
            "default/nobody")
        .text("LoadBalancerArn")
        .orElseThrow();
  }

  private void protect(boolean on) {
    cluster
        .account()
        .changeBalancers(
            "ModifyLoadBalancerAttributes",
            "LoadBalancerArn",
            balancer.arn(),
            "Attributes.member.1.Key",
            "deletion_protection.enabled",
            "Attributes.member.1.Value",
            Boolean.toString(on));
  }

  private AwsAccount.Listener listener(int port) {
    return cluster.account().listeners(balancer).stream()
        .filter(one -> one.port() == port)
        .findFirst()
        .orElseThrow();
  }

  private static void remove(String action, String key, String arn) {
    cluster.account().changeBalancers(action, key, arn);
  }

  private void isTold() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(cluster.events(web)).extracting("reason").contains("DriftRepaired"));
  }
}
