// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import static dev.fairway.manager.e2e.openstack.OpenStackCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.openstack.SimulatedOpenStack;
import dev.fairway.testkit.openstack.fault.Fault;
import dev.fairway.testkit.openstack.fault.FaultRule;
import dev.fairway.testkit.openstack.fault.When;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// OpenStack that refuses: tokens that end, quotas, changes of others that are under way, errors of
/// its own.
class OpenStackFaultsIT {
  private static final String NEW_BALANCER = "POST /v2.0/lbaas/loadbalancers";
  private static final Duration OUTAGE = Duration.ofSeconds(12);
  private static SimulatedOpenStack openStack;
  private static OpenStackCluster cluster;

  @BeforeAll
  static void start() {
    var cloud = Cloud.Simulated.start();
    openStack = cloud.openStack();
    cluster = OpenStackCluster.start(cloud, 3);
    cluster.readyController(OpenStackCluster.CALM);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @AfterEach
  void leaveNothing() {
    cluster.proxy().faults().clear();
    openStack.delay(Duration.ZERO);
    openStack.setQuota("loadbalancer", -1);
    openStack.setQuota("floatingip", -1);
    cluster.controllerProcess().requireAlive();
    cluster.clear();
  }

  @Test
  void aTokenThatEndsUnderFiftyServicesIsAskedForOnce() {
    openStack.delay(Duration.ofSeconds(2));
    var mark = cluster.calls().mark();

    var services =
        IntStream.range(0, 50)
            .parallel()
            .mapToObj(n -> cluster.create(Wish.web("web-" + n)))
            .toList();
    await().atMost(SOON).until(() -> cluster.calls().since(mark).of(NEW_BALANCER).count() > 10);
    openStack.revokeTokens();

    cluster.awaitAllServed(services, SOON);
    var calls = cluster.calls().since(mark);
    assertThat(calls.tokens().count()).as("%s", calls).isEqualTo(1);
    assertThat(calls.matching(call -> call.status() == 401).all()).isNotEmpty();
    assertThat(cluster.project().balancers()).hasSize(50);
    assertThat(cluster.warnings(services.getFirst())).isEmpty();
  }

  @Test
  void credentialsThatAreRefusedForGoodAreToldAndNotTriedAgainAllTheTime() {
    var rule = cluster.proxy().faults().add(FaultRule.on(When.any(), Fault.unauthorized()));
    var mark = cluster.calls().mark();
    var from = System.nanoTime();

    var services = IntStream.range(0, 5).mapToObj(n -> cluster.create(Wish.web("web-" + n)));
    var web = services.toList().getFirst();

    cluster.awaitWarning(web, "PermissionDenied", "cloud-1.conf");
    assertThat(cluster.condition(web, "LoadBalancerProvisioning"))
        .hasValueSatisfying(
            condition -> assertThat(condition.getReason()).isEqualTo("PermissionDenied"));
    assertThat(cluster.warnings(web))
        .doesNotContain(openStack.seed().applicationCredentialSecret());
    await().atMost(SOON).until(() -> System.nanoTime() - from > OUTAGE.toNanos());
    assertThat(cluster.calls().since(mark).tokens().count()).isBetween(1, 4);
    assertThat(cluster.log()).doesNotContain(openStack.seed().applicationCredentialSecret());
    cluster.proxy().faults().remove(rule);
    cluster.annotate(web, "example.com/touched", "1");
    await()
        .atMost(SOON)
        .until(() -> {
          // Meanwhile nobody asks for a token.
          cluster.annotate(web, "example.com/touched", "" + System.nanoTime());
          return cluster.isServed(web);
        });
  }

  @Test
  void aChangeBySomebodyElseDelaysOneServiceOnlyAndIsNoReasonToWarn() {
    var web = cluster.create(Wish.web("web"));
    var balancer = cluster.project().servedAt(cluster.awaitServed(web));
    var listener = cluster.project().parts("listeners").getFirst().path("id").asText();
    openStack.hold(balancer.id());
    cluster
        .project()
        .change("/v2/lbaas/listeners/" + listener, "{\"listener\": {\"connection_limit\": 7}}");
    var mark = cluster.quietMark();

    cluster.patch(web, "{\"spec\":{\"ports\":[{\"name\":\"a\",\"port\":81}]}}");
    cluster.awaitServed(cluster.create(Wish.web("other")));

    var status = cluster.project().balancer(balancer.id()).status();
    openStack.release(balancer.id());
    assertThat(status).isEqualTo("PENDING_UPDATE");
    var refused = cluster.calls().since(mark).matching(call -> call.status() == 409);
    assertThat(refused.count()).as("%s", refused).isEqualTo(1);
    await()
        .atMost(SOON)
        .until(() -> cluster.project().listeners(balancer.id()).equals(Set.of("TCP/81")));
    assertThat(cluster.warnings(web)).isEmpty();
  }

  @Test
  void aStormOfErrorsEndsWithAllServedAndNothingTwice() {
    var seed = System.nanoTime();
    var storm =
        cluster.proxy().faults().add(FaultRule.on(When.any(), Fault.page(503)).share(0.4, seed));
    var lost =
        cluster
            .proxy()
            .faults()
            .add(FaultRule.on(When.mutating(), new Fault.ResetAfter()).share(0.3, seed));

    var services =
        IntStream.range(0, 10).mapToObj(n -> cluster.create(Wish.web("web-" + n))).toList();
    await("a dozen of errors, with seed " + seed)
        .atMost(SOON)
        .until(() -> cluster.calls().faulty().count() > 12);
    cluster.proxy().faults().remove(storm);
    cluster.proxy().faults().remove(lost);

    cluster.awaitAllServed(services, SOON.multipliedBy(2));
    assertThat(cluster.project().balancers()).as("with seed %d", seed).hasSize(10);
    assertThat(cluster.project().floatingIps()).as("with seed %d", seed).hasSize(10);
  }

  @Test
  void aQuotaOfLoadBalancersIsNamedAndTheOthersGoOn() {
    var first = cluster.create(Wish.web("first"));
    cluster.awaitServed(first);
    openStack.setQuota("loadbalancer", 1);

    var second = stuck(Wish.web("second"), "Load Balancer");
    var mark = cluster.quietMark();
    cluster.join(4, 4);
    await().atMost(SOON).until(() -> cluster.project().members().size() == 4);

    assertThat(cluster.quietSince(mark).of(NEW_BALANCER).all()).as("no hasty retry").isEmpty();
    cluster.leave(4, 4);
    cluster.delete(first);
    cluster.awaitServed(second);
  }

  @Test
  void aQuotaOfFloatingIpsIsNamedAndTheLoadBalancerStays() {
    openStack.setQuota("floatingip", 0);

    var web = stuck(Wish.web("web"), "floatingip");

    assertThat(cluster.project().balancers()).hasSize(1);
    assertThat(cluster.addresses(web)).isEmpty();
    openStack.setQuota("floatingip", -1);
    cluster.annotate(web, "example.com/touched", "1");
    cluster.awaitServed(web);
    assertThat(cluster.project().balancers()).hasSize(1);
  }

  @Test
  void aPoolWithoutAddressesIsNamedAndNotAskedAllTheTime() {
    var small = openStack.seed().smallSubnet();
    var served =
        IntStream.range(0, 2)
            .mapToObj(
                n -> cluster.create(Wish.web("web-" + n).openstack("floating-subnet-id", small)))
            .toList();
    cluster.awaitAllServed(served, SOON);
    var mark = cluster.calls().mark();

    var late = stuck(Wish.web("late").openstack("floating-subnet-id", small), "floating IP pool");

    // Once more when the load balancer is ACTIVE.
    assertThat(cluster.quietSince(mark).of("POST /v2.0/floatingips").count()).isBetween(1, 2);
    cluster.delete(served.getFirst());
    cluster.awaitGone(served.getFirst());
    cluster.awaitServed(late);
  }

  private static Service stuck(Wish wish, String quota) {
    var service = cluster.create(wish);
    cluster.awaitWarning(service, "QuotaExceeded", quota);
    assertThat(cluster.condition(service, "LoadBalancerProvisioning"))
        .hasValueSatisfying(condition -> {
          assertThat(condition.getReason()).isEqualTo("QuotaExceeded");
          assertThat(condition.getMessage()).contains(quota);
        });
    return service;
  }
}
