// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import static dev.fairway.manager.e2e.openstack.OpenStackCluster.CALM;
import static dev.fairway.manager.e2e.openstack.OpenStackCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.openstack.fault.CrashPoint;
import dev.fairway.testkit.openstack.fault.Fault;
import dev.fairway.testkit.openstack.fault.FaultRule;
import dev.fairway.testkit.openstack.fault.When;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A controller that dies between any two calls of OpenStack, and answers that are lost on their
/// way.
class OpenStackCrashIT {
  private static OpenStackCluster cluster;

  @BeforeAll
  static void start() {
    cluster = OpenStackCluster.start(Cloud.Simulated.start(), 3);
    cluster.readyController(CALM);
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
  @ValueSource(ints = {1, 2})
  void aCrashAfterACallOfACreationMakesNothingTwice(int n) {
    var crash = crashAfter(n);
    var web = cluster.create(Wish.web("web"));
    await().atMost(SOON).until(() -> !cluster.controllerProcess().isAlive());
    assertThat(crash.reached()).isTrue();

    restart();
    var address = cluster.awaitServed(web);

    var project = cluster.project();
    assertThat(project.balancers()).hasSize(1);
    assertThat(project.floatingIps()).extracting("address").containsExactly(address);
    assertThat(project.listeners(project.servedAt(address).id())).isEqualTo(Set.of("TCP/80"));
    assertThat(project.members()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aCrashAfterACallOfADeletionLeavesNothingBehind(int n) {
    var web = cluster.create(Wish.web("web"));
    cluster.awaitServed(web);
    cluster.quietMark();
    var crash = crashAfter(n);

    cluster.delete(web);
    await().atMost(SOON).until(() -> !cluster.controllerProcess().isAlive());

    assertThat(crash.reached()).isTrue();
    assertThat(cluster.get(web)).as("held by its finalizer").isPresent();
    restart();
    cluster.awaitGone(web);
    await().atMost(SOON).untilAsserted(() -> assertThat(cluster.project().leftovers()).isEmpty());
  }

  /// Of each kind of call, the first one is carried out and its answer lost.
  @Test
  void answersThatAreLostLeadToNothingTwiceAndNothingLeft() {
    lose("POST /v2.0/lbaas/loadbalancers", "POST /v2.0/floatingips");
    var services =
        IntStream.range(0, 4).mapToObj(n -> cluster.create(Wish.web("web-" + n))).toList();
    cluster.awaitAllServed(services, SOON);
    assertThat(cluster.project().balancers()).hasSize(4);
    assertThat(cluster.project().floatingIps()).hasSize(4);

    lose("DELETE /v2.0/lbaas/loadbalancers/{id}", "DELETE /v2.0/floatingips/{id}");
    services.forEach(cluster::delete);

    services.forEach(cluster::awaitGone);
    assertThat(cluster.calls().faulty().byOperation()).hasSize(4);
    assertThat(cluster.project().leftovers()).isEmpty();
  }

  private static void lose(String... operations) {
    List.of(operations)
        .forEach(operation ->
            cluster
                .proxy()
                .faults()
                .add(FaultRule.on(When.operation(operation), new Fault.ResetAfter()).times(1)));
  }

  private static CrashPoint crashAfter(int n) {
    return cluster.proxy().faults().add(new CrashPoint(n, cluster::kill));
  }

  private static void restart() {
    cluster.proxy().faults().clear();
    cluster.controller(CALM);
  }
}
