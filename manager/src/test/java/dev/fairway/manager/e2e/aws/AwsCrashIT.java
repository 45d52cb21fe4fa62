// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.aws;

import static dev.fairway.manager.e2e.aws.AwsCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.aws.fault.CrashPoint;
import dev.fairway.testkit.aws.fault.Fault;
import dev.fairway.testkit.aws.fault.FaultRule;
import dev.fairway.testkit.aws.fault.When;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A controller that dies between any two calls of AWS, and answers that are lost on their way.
class AwsCrashIT {
  private static final String[] CONFIG = {"leaderElection: {enabled: false}", "auditSeconds: 0"};
  private static final Duration AFTER_BACKOFF = Duration.ofSeconds(90);
  private static AwsCluster cluster;

  @BeforeAll
  static void start() {
    cluster = AwsCluster.start(3);
    cluster.readyController(CONFIG);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void leaveNothing() {
    cluster.proxy().faults().clear();
    cluster.controllerProcess().requireAlive();
    cluster.clear();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aCrashAfterACallOfACreationMakesNothingTwice(int n) {
    var crash = crashAfter(n);
    var web = cluster.create(Wish.web("web").build());
    await().atMost(SOON).until(() -> !cluster.controllerProcess().isAlive());
    assertThat(crash.reached()).isTrue();

    restart();
    var dns = cluster.awaitServed(web);

    var account = cluster.account();
    assertThat(account.balancers()).hasSize(1);
    assertThat(account.ports(account.balancer(dns))).isEqualTo(Set.of(80));
    assertThat(account.securityGroups()).hasSize(2);
    assertThat(account.targetGroups())
        .singleElement()
        .satisfies(group -> assertThat(account.targets(group)).hasSize(3));
    assertThat(account.nodeRules()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aCrashAfterACallOfADeletionLeavesNothingBehind(int n) {
    var web = cluster.create(Wish.web("web").build());
    cluster.awaitServed(web);
    var mark = cluster.quietMark();
    var crash = crashAfter(n);

    cluster.delete(web);
    await().atMost(SOON).until(() -> !cluster.controllerProcess().isAlive());

    assertThat(crash.reached()).isTrue();
    assertThat(cluster.get(web))
        .as("held by its finalizer after %s", cluster.calls().since(mark))
        .isPresent();
    restart();
    cluster.awaitGone(web);
    await().atMost(SOON).untilAsserted(() -> assertThat(cluster.account().leftovers()).isEmpty());
  }

  /// Of each kind of call, the first one is carried out and its answer lost.
  @Test
  void answersThatAreLostLeadToNothingTwiceAndNothingLeft() {
    loseFirst(
        "CreateTargetGroup",
        "RegisterTargets",
        "CreateSecurityGroup",
        "AuthorizeSecurityGroupIngress",
        "CreateLoadBalancer",
        "CreateListener",
        "ModifyTargetGroupAttributes",
        "ModifyLoadBalancerAttributes");
    var services =
        IntStream.range(0, 6)
            .mapToObj(n ->
                cluster.create(
                    Wish.web("web-" + n)
                        .aws("target-group-attributes", "deregistration_delay.timeout_seconds=60")
                        .aws("attributes", "load_balancing.cross_zone.enabled=true")
                        .build()))
            .toList();
    services.forEach(service -> cluster.awaitServed(service, AFTER_BACKOFF));
    assertThat(cluster.account().balancers()).hasSize(6);
    assertThat(cluster.account().targetGroups())
        .hasSize(6)
        .allSatisfy(group -> assertThat(cluster.account().targets(group)).hasSize(3));
    assertThat(cluster.account().securityGroups()).hasSize(7);
    allWereLost(8);

    loseFirst(
        "ModifyTargetGroup", "DeregisterTargets", "DeleteListener", "RevokeSecurityGroupIngress");
    services.forEach(AwsCrashIT::change);
    await()
        .atMost(AFTER_BACKOFF)
        .untilAsserted(() ->
            assertThat(cluster.account().balancers())
                .hasSize(6)
                .allSatisfy(one -> assertThat(cluster.account().ports(one)).isEqualTo(Set.of(81))));
    assertThat(cluster.account().targetGroups())
        .hasSize(6)
        .allSatisfy(group -> assertThat(group.checkProtocol()).isEqualTo("HTTP"));

    loseFirst("DeleteLoadBalancer", "DeleteTargetGroup", "DeleteSecurityGroup");
    services.forEach(cluster::delete);
    await()
        .atMost(AFTER_BACKOFF)
        .until(() -> services.stream().allMatch(service -> cluster.get(service).isEmpty()));
    allWereLost(3);
    await().atMost(SOON).untilAsserted(() -> assertThat(cluster.account().leftovers()).isEmpty());
  }

  private static void change(Service service) {
    cluster.patch(
        service,
        """
        {"spec": {"externalTrafficPolicy": "Local", "ports": [{"name": "b", "port": 81}]}}
        """);
  }

  private static void loseFirst(String... actions) {
    cluster.proxy().faults().clear();
    List.of(actions)
        .forEach(action ->
            cluster
                .proxy()
                .faults()
                .add(FaultRule.on(When.action(action), new Fault.ResetAfter()).times(1)));
  }

  private static void allWereLost(int kinds) {
    var faulty = cluster.calls().faulty().byAction();
    assertThat(faulty).hasSizeGreaterThanOrEqualTo(kinds);
  }

  private static CrashPoint crashAfter(int n) {
    return cluster.proxy().faults().add(new CrashPoint(n, cluster::kill));
  }

  private static void restart() {
    cluster.proxy().faults().clear();
    cluster.controller(CONFIG);
  }
}
