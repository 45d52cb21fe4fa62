// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.aws;

import static dev.fairway.manager.e2e.aws.AwsCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.aws.Call;
import dev.fairway.testkit.aws.query.QueryCall;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How many calls of AWS each change costs, counted between the controller and AWS.
class AwsBudgetIT {
  private static final String[] CONFIG = {"leaderElection: {enabled: false}", "auditSeconds: 0"};
  private static final Duration MANY = Duration.ofMinutes(2);
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
    cluster.controllerProcess().requireAlive();
    cluster.clear();
  }

  @Test
  void aServiceOfOnePortCostsSixCalls() {
    cluster.kill();
    cluster.readyController(CONFIG);
    var first = created(Wish.named("first").port("TCP", 80, 30100));
    var second = created(Wish.named("second").port("TCP", 80, 30101));

    assertThat(second)
        .containsExactly(
            "CreateTargetGroup",
            "RegisterTargets",
            "CreateSecurityGroup",
            "AuthorizeSecurityGroupIngress",
            "CreateLoadBalancer",
            "CreateListener");
    // The first one of a cluster also brings what all share: a group of load balancers, and the
    // rule of the nodes for it, once it is known what group the nodes have.
    assertThat(first)
        .containsExactlyInAnyOrder(
            "CreateTargetGroup",
            "RegisterTargets",
            "CreateSecurityGroup",
            "CreateSecurityGroup",
            "AuthorizeSecurityGroupIngress",
            "DescribeInstances",
            "AuthorizeSecurityGroupIngress",
            "CreateLoadBalancer",
            "CreateListener");
  }

  @Test
  void whatIsAsItShouldBeCostsNoCall() {
    var web = cluster.create(Wish.web("web").build());
    cluster.awaitServed(web);
    var mark = cluster.quietMark();

    // Each of them is an event of the watch, and a pass. The last one shows that they were seen.
    for (var n = 0; n < 100; n++) {
      cluster.annotate(web, "example.com/touched", "" + n);
    }
    cluster.annotate(web, Wish.PREFIX + "attributes", "load_balancing.cross_zone.enabled=true");
    await()
        .atMost(SOON)
        .until(() -> cluster.calls().since(mark).of("ModifyLoadBalancerAttributes").count() > 0);

    assertThat(actions(mark)).containsExactly("ModifyLoadBalancerAttributes", "AddTags");
  }

  @Test
  void aPortMoreCostsThreeCalls() {
    assertThat(callsOfAPortMore(Wish.named("web")))
        .containsExactly("CreateTargetGroup", "RegisterTargets", "CreateListener");
  }

  @Test
  void aPortMoreCostsThreeCallsWhereNoSecurityGroupIsKept() {
    assertThat(callsOfAPortMore(Wish.named("web").aws("disable-nlb-sg", "true")))
        .containsExactly("CreateTargetGroup", "RegisterTargets", "CreateListener");
  }

  private static List<String> callsOfAPortMore(Wish wish) {
    var web = cluster.create(wish.port("TCP", 80, 30200).build());
    var dns = cluster.awaitServed(web);
    var mark = cluster.quietMark();
    cluster.patch(
        web,
        """
        {"spec": {"ports": [
          {"name": "a", "port": 80, "nodePort": 30200},
          {"name": "b", "port": 81, "nodePort": 30201}]}}
        """);
    await().atMost(SOON).until(() -> ports(dns).equals(Set.of(80, 81)));
    return actions(mark);
  }

  @Test
  void anEndedServiceCostsADeletionOfEachThingItHad() {
    var stays = cluster.create(Wish.named("stays").port("TCP", 80, 30300).build());
    var goes = cluster.create(Wish.named("goes").port("TCP", 80, 30301).build());
    cluster.awaitServed(stays);
    cluster.awaitServed(goes);
    var mark = cluster.quietMark();

    cluster.delete(goes);
    cluster.awaitGone(goes);

    var calls = cluster.calls().since(mark);
    assertThat(calls.to(QueryCall.ELB).describes().all()).isEmpty();
    assertThat(calls.mutating().all())
        .extracting(Call::action)
        .containsExactly("DeleteLoadBalancer", "DeleteTargetGroup", "DeleteSecurityGroup");
  }

  @Test
  void nodesThatComeAndGoTogetherCostOneCallForEachTargetGroup() {
    var services = create(50);
    var before = cluster.network().instances().size();
    var mark = cluster.quietMark();

    var joined = cluster.joinNodes(20);
    await()
        .atMost(MANY)
        .until(() -> cluster.calls().since(mark).of("RegisterTargets").count() >= 50);

    var calls = cluster.quietSince(mark);
    assertThat(calls.byAction()).isEqualTo(Map.of("RegisterTargets", 50));
    assertThat(cluster.account().targetGroups())
        .hasSize(services.size())
        .allSatisfy(
            group -> assertThat(cluster.account().targets(group)).hasSize(before + joined.size()));

    var leaving = cluster.quietMark();
    joined.forEach(cluster::leave);
    await()
        .atMost(MANY)
        .until(() -> cluster.calls().since(leaving).of("DeregisterTargets").count() >= 50);
    assertThat(cluster.quietSince(leaving).byAction()).isEqualTo(Map.of("DeregisterTargets", 50));
  }

  @Test
  void aChangeOfTheTrafficPolicyAndBackIsOneModificationEach() {
    var web = cluster.create(Wish.web("web").build());
    cluster.awaitServed(web);
    var group = cluster.account().targetGroups().getFirst();
    var mark = cluster.quietMark();

    cluster.patch(web, "{\"spec\":{\"externalTrafficPolicy\":\"Local\"}}");
    await().atMost(SOON).until(() -> checkProtocol().equals("HTTP"));
    var there = cluster.quietSince(mark);
    var back = cluster.quietMark();
    cluster.patch(web, "{\"spec\":{\"externalTrafficPolicy\":\"Cluster\"}}");
    await().atMost(SOON).until(() -> checkProtocol().equals("TCP"));
    var andBack = cluster.quietSince(back);
    var later = cluster.quietMark();
    cluster.annotate(web, "example.com/touched", "again");

    assertThat(there.of("ModifyTargetGroup").count()).isEqualTo(1);
    assertThat(andBack.of("ModifyTargetGroup").count()).isEqualTo(1);
    assertThat(there.of("CreateTargetGroup", "DeregisterTargets").all()).isEmpty();
    assertThat(andBack.of("CreateTargetGroup", "DeregisterTargets").all()).isEmpty();
    // A port for health checks that nobody needs any more is closed in the background.
    assertThat(cluster.quietSince(later).where(call -> !call.action().startsWith("Revoke")).all())
        .isEmpty();
    assertThat(cluster.account().targetGroups()).extracting("arn").containsExactly(group.arn());
  }

  /// Takes two minutes. Also what a new leader pays: nothing is carried from one term to the next.
  @Test
  @Tag("slow")
  void aColdStartWithFiveHundredServicesCostsSixtyCallsAtMost() {
    create(500);
    var mark = cluster.quietMark();
    cluster.kill();

    cluster.readyController(CONFIG);
    var late = cluster.create(Wish.web("late").build());
    cluster.awaitServed(late);

    var calls = cluster.quietSince(mark);
    assertThat(calls.describes().count()).as("%s", calls).isLessThanOrEqualTo(60);
    assertThat(calls.mutating().count()).as("%s", calls).isLessThanOrEqualTo(7);
  }

  private static List<Service> create(int count) {
    var services = new ArrayList<Service>();
    for (var n = 0; n < count; n++) {
      services.add(cluster.create(Wish.web("web-" + n).build()));
    }
    await(count + " Services to be served")
        .atMost(MANY.plusMillis(count * 200L))
        .until(() -> services.stream().allMatch(service -> cluster.hostname(service).isPresent()));
    return services;
  }

  private static Set<Integer> ports(String dns) {
    return cluster.account().ports(cluster.account().balancer(dns));
  }

  private static String checkProtocol() {
    return cluster.account().targetGroups().getFirst().checkProtocol();
  }

  private static List<String> created(Wish wish) {
    var mark = cluster.calls().mark();
    cluster.awaitServed(cluster.create(wish.build()));
    return actions(mark);
  }

  private static List<String> actions(int mark) {
    return cluster.quietSince(mark).all().stream().map(Call::action).toList();
  }
}
