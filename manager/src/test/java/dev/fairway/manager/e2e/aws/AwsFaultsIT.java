// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.aws;

import static dev.fairway.manager.e2e.aws.AwsCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.aws.Call;
import dev.fairway.testkit.aws.fault.Fault;
import dev.fairway.testkit.aws.fault.FaultRule;
import dev.fairway.testkit.aws.fault.When;
import dev.fairway.testkit.aws.rules.AwsLimits;
import dev.fairway.testkit.aws.rules.AwsTimes;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// AWS that refuses: quotas, permissions, throttling, and what is still in use.
class AwsFaultsIT {
  // A quota is looked at again every two minutes.
  private static final Duration SLOW_RETRY = Duration.ofSeconds(150);
  private static final int MANY = 200;
  private static AwsCluster cluster;

  @BeforeAll
  static void start() {
    cluster = AwsCluster.start(3);
    cluster.readyController("leaderElection: {enabled: false}", "auditSeconds: 0");
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void leaveNothing() {
    cluster.proxy().faults().clear();
    cluster.proxy().limits(AwsLimits.RAISED);
    cluster.proxy().times(AwsTimes.NONE);
    cluster.controllerProcess().requireAlive();
    cluster.clear();
  }

  @Test
  @Tag("slow")
  void aFullQuotaIsNamedOnceAndTheServiceIsServedAfterARaise() {
    var first = cluster.create(Wish.named("first").port("TCP", 80, 30400).build());
    cluster.awaitServed(first);

    cluster.proxy().limits(AwsLimits.RAISED.withLoadBalancers(1));
    var balancer = stuck(Wish.web("balancer"), "Network Load Balancers per Region");
    cluster.proxy().limits(AwsLimits.RAISED.withListeners(1));
    var listener =
        stuck(Wish.web("listener").port("TCP", 81, 0), "Listeners per Network Load Balancer");
    cluster.proxy().limits(AwsLimits.RAISED.withTargets(2, 3_000));
    var targets = stuck(Wish.web("targets"), "Targets per Target Group per Region");
    cluster
        .proxy()
        .limits(AwsLimits.RAISED.withTargetGroups(cluster.account().targetGroups().size()));
    var group = stuck(Wish.web("group"), "Target Groups per Region");
    cluster.proxy().limits(AwsLimits.RAISED.withRulesPerSecurityGroup(2));
    var rules =
        stuck(
            Wish.web("rules")
                .annotation(
                    "service.beta.kubernetes.io/load-balancer-source-ranges",
                    "192.0.2.0/24,198.51.100.0/24,203.0.113.0/24"),
            "Inbound or outbound rules per security group");
    var mark = cluster.quietMark();
    var other = cluster.create(Wish.named("other").port("TCP", 80, 30401).build());
    cluster.awaitServed(other);

    assertThat(cluster.quietSince(mark).where(call -> call.error().isPresent()).all())
        .as("no hasty retry")
        .isEmpty();
    cluster.proxy().limits(AwsLimits.RAISED);
    for (var service : List.of(balancer, listener, targets, group, rules)) {
      cluster.awaitServed(service, SLOW_RETRY);
      assertThat(cluster.events(service))
          .filteredOn(event -> event.getType().equals("Warning"))
          .hasSize(1);
    }
  }

  @Test
  void anActionThatIsNotPermittedIsNamedAndTheOthersGoOn() {
    var first = cluster.create(Wish.web("first").build());
    cluster.awaitServed(first);
    var rule = deny("CreateListener");

    var second = cluster.create(Wish.web("second").build());
    awaitWarning(second, "PermissionDenied", "elasticloadbalancing:CreateListener");
    cluster.patch(first, "{\"spec\":{\"externalTrafficPolicy\":\"Local\"}}");

    await()
        .atMost(SOON)
        .until(() ->
            cluster.account().targetGroups().stream()
                .anyMatch(group -> group.checkProtocol().equals("HTTP")));
    cluster.proxy().faults().remove(rule);
    cluster.annotate(second, "example.com/touched", "1");
    cluster.awaitServed(second);
  }

  @Test
  void credentialsThatHaveExpiredAreToldAndWorkGoesOnWithNewOnes() {
    var rule = cluster.proxy().faults().add(FaultRule.on(When.any(), Fault::expired));

    var web = cluster.create(Wish.web("web").build());

    awaitWarning(web, "PermissionDenied", "credentials have expired");
    assertThat(cluster.warnings(web)).doesNotContain("Signature", "AKIA");
    cluster.proxy().faults().remove(rule);
    cluster.annotate(web, "example.com/touched", "1");
    cluster.awaitServed(web);
  }

  @Test
  void aSecurityGroupThatIsHeldForAWhileGoesLater() {
    cluster.proxy().times(AwsTimes.NONE.withRelease(Duration.ofSeconds(3)));
    var web = cluster.create(Wish.web("web").build());
    cluster.awaitServed(web);
    var mark = cluster.calls().mark();

    cluster.delete(web);

    await().atMost(SOON.multipliedBy(2)).until(() -> cluster.get(web).isEmpty());
    await().atMost(SOON).untilAsserted(() -> assertThat(cluster.account().leftovers()).isEmpty());
    assertThat(cluster.calls().since(mark).of("DeleteSecurityGroup").all())
        .extracting(call -> call.error().orElse(""))
        .contains("DependencyViolation");
    assertThat(cluster.events(web)).extracting("type").doesNotContain("Warning");
  }

  /// Half of all calls are refused for 15 seconds while many Services come; meanwhile a node goes.
  @Test
  @Tag("slow")
  void aStormOfThrottlingEndsWithAllServedAndTheDeadNodeWasFirst() {
    var seed = System.nanoTime();
    var served =
        IntStream.range(0, 5).mapToObj(n -> cluster.create(Wish.web("old-" + n).build())).toList();
    served.forEach(cluster::awaitServed);
    var machine = cluster.joinNodes(1).getFirst();
    await()
        .atMost(SOON)
        .until(() ->
            cluster.account().targetGroups().stream()
                .allMatch(group -> cluster.account().targets(group).contains(machine.id())));
    var mark = cluster.quietMark();
    var storm =
        cluster.proxy().faults().add(FaultRule.on(When.any(), Fault::throttled).share(0.5, seed));
    var from = System.nanoTime();

    var services =
        IntStream.range(0, MANY)
            .mapToObj(n -> cluster.create(Wish.web("web-" + n).build()))
            .toList();
    cluster.leave(machine);

    await("the node to be out, with seed " + seed)
        .atMost(SOON)
        .until(() ->
            cluster.account().targetGroups().stream()
                .filter(group -> group.name().startsWith("k8s-default-old"))
                .noneMatch(group -> cluster.account().targets(group).contains(machine.id())));
    assertThat(cluster.account().balancers()).as("still at it").hasSizeLessThan(MANY);
    await().atMost(SOON).until(() -> System.nanoTime() - from > Duration.ofSeconds(15).toNanos());
    cluster.proxy().faults().remove(storm);
    await("all to be served two minutes after the storm, with seed " + seed)
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> services.stream().allMatch(one -> cluster.hostname(one).isPresent()));
    var refused =
        cluster.calls().since(mark).where(call -> call.fault().isPresent()).all().stream()
            .map(Call::action)
            .toList();
    assertThat(refused).as("attempts that were throttled").hasSizeLessThan(MANY * 6);
    assertThat(cluster.account().balancers()).hasSize(MANY + served.size());
  }

  private static Service stuck(Wish wish, String quota) {
    var service = cluster.create(wish.build());
    awaitWarning(service, "QuotaExceeded", quota);
    assertThat(cluster.condition(service, "LoadBalancerProvisioning"))
        .hasValueSatisfying(
            condition -> assertThat(condition.getReason()).isEqualTo("QuotaExceeded"));
    return service;
  }

  private static FaultRule deny(String action) {
    return cluster.proxy().faults().add(FaultRule.on(When.action(action), Fault::denied));
  }

  private static void awaitWarning(Service service, String... words) {
    await().atMost(SOON).untilAsserted(() -> assertThat(cluster.warnings(service)).contains(words));
  }
}
