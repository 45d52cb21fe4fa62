// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import static dev.fairway.manager.e2e.openstack.OpenStackCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.openstack.Calls;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What holds for Services at any OpenStack: what users see, and how many calls it takes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ServiceSpecs {
  static final String BALANCERS = "POST /v2.0/lbaas/loadbalancers";
  static final String FLOATING_IPS = "POST /v2.0/floatingips";
  OpenStackCluster cluster;

  void start(Cloud cloud) {
    cluster = OpenStackCluster.start(cloud, 3);
    cluster.readyController(OpenStackCluster.CALM);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @AfterEach
  void leaveNothing() {
    cluster.controllerProcess().requireAlive();
    cluster.clear();
  }

  @Test
  void anExternalServiceCostsOneLoadBalancerAndOneFloatingIp() {
    var mark = cluster.quietMark();

    var web = cluster.create(Wish.web("web"));
    var address = cluster.awaitServed(web);

    assertThat(cluster.calls().since(mark).writes().byOperation())
        .isEqualTo(Map.of(BALANCERS, 1, FLOATING_IPS, 1));
    assertThat(onlyPolls(cluster.calls().since(mark))).isTrue();
    var ip = cluster.project().floatingIps().getFirst();
    var balancer = cluster.project().servedAt(address);
    assertThat(ip.address()).isEqualTo(address);
    assertThat(ip.port()).isEqualTo(balancer.port());
    assertThat(ip.description()).contains("cluster=prod", "service=default/web");
    assertThat(balancer.name()).isEqualTo("kube_service_kubernetes_default_web");
    assertThat(balancer.tags())
        .contains(
            "fairway-cluster=prod",
            "fairway-service=default/web",
            "fairway-uid=" + web.getMetadata().getUid());
    assertThat(cluster.condition(web, "LoadBalancerServing").orElseThrow().getStatus())
        .isEqualTo("True");
    assertThat(cluster.get(web).orElseThrow().getMetadata().getFinalizers())
        .contains("service.kubernetes.io/load-balancer-cleanup");
    assertThat(cluster.warnings(web)).isEmpty();
    assertThat(cluster.events(web)).isNotEmpty();
  }

  @Test
  void aDeletedServiceCostsTwoDeletions() {
    var web = cluster.create(Wish.web("web"));
    cluster.awaitServed(web);
    var mark = cluster.quietMark();

    cluster.delete(web);
    cluster.awaitGone(web);

    var calls = cluster.quietSince(mark);
    assertThat(calls.writes().byOperation())
        .isEqualTo(
            Map.of("DELETE /v2.0/lbaas/loadbalancers/{id}", 1, "DELETE /v2.0/floatingips/{id}", 1));
    assertThat(onlyPolls(calls)).isTrue();
    assertThat(cluster.project().leftovers()).isEmpty();
  }

  @Test
  void anInternalServiceHasTheAddressOfItsLoadBalancer() {
    var mark = cluster.quietMark();

    var address = cluster.awaitServed(cluster.create(Wish.web("web").internal()));

    assertThat(cluster.project().balancers()).extracting("vip").containsExactly(address);
    assertThat(cluster.calls().since(mark).writes().byOperation()).isEqualTo(Map.of(BALANCERS, 1));
  }

  @Test
  void tenPortsComeWithTheSameTwoCalls() {
    var wish = Wish.named("many");
    IntStream.range(0, 8).forEach(n -> wish.port("TCP", 8000 + n));
    wish.port("TCP", 53).port("UDP", 53);
    var mark = cluster.quietMark();

    var address = cluster.awaitServed(cluster.create(wish));

    assertThat(cluster.calls().since(mark).writes().byOperation())
        .isEqualTo(Map.of(BALANCERS, 1, FLOATING_IPS, 1));
    var balancer = cluster.project().servedAt(address);
    assertThat(cluster.project().listeners(balancer.id()))
        .hasSize(10)
        .contains("TCP/53", "UDP/53", "TCP/8007");
    assertThat(cluster.project().members().values()).containsOnly(10);
  }

  @Test
  void fiftyNodesThatComeTogetherCostOneCallForEachPool() {
    var services = cluster.createMany("web", 2);
    services = List.of(services.getFirst(), services.getLast());
    var mark = cluster.quietMark();

    cluster.join(4, 53);

    await()
        .atMost(SOON)
        .until(() ->
            cluster.project().members().size() == 53
                && Set.copyOf(cluster.project().members().values()).equals(Set.of(2)));
    var calls = cluster.quietSince(mark);
    assertThat(calls.writes().byOperation())
        .isEqualTo(Map.of("PUT /v2.0/lbaas/pools/{id}/members", services.size()));
    assertThat(calls.writes().all())
        .allSatisfy(call -> {
          assertThat(call.query()).contains("additive_only=true");
          assertThat(call.body().path("members")).hasSize(50);
        });
    assertThat(onlyPolls(calls)).isTrue();

    var leaving = cluster.quietMark();
    cluster.leave(4, 53);
    await().atMost(SOON).until(() -> cluster.project().members().size() == 3);
    var later = cluster.quietSince(leaving);
    assertThat(later.writes().byOperation())
        .isEqualTo(Map.of("PUT /v2.0/lbaas/pools/{id}/members", services.size()));
    assertThat(onlyPolls(later)).isTrue();
  }

  @Test
  void aLoadBalancerInErrorIsReplacedAndTheAddressStays() {
    var web = cluster.create(Wish.web("web"));
    var address = cluster.awaitServed(web);
    var broken = cluster.project().servedAt(address);

    cluster.cloud().fail(broken.id());
    restart();

    await()
        .atMost(SOON.multipliedBy(2))
        .untilAsserted(() -> {
          assertThat(cluster.project().balancers())
              .singleElement()
              .satisfies(one -> {
                assertThat(one.id()).isNotEqualTo(broken.id());
                assertThat(one.status()).isEqualTo("ACTIVE");
              });
          assertThat(cluster.project().servedAt(address).id()).isNotEqualTo(broken.id());
        });
    assertThat(cluster.addresses(web)).containsExactly(address);
    assertThat(cluster.project().floatingIps()).hasSize(1);
  }

  @Test
  void aLoadBalancerThatSomebodyDeletedIsMadeAnewAtTheSameAddress() {
    var web = cluster.create(Wish.web("web"));
    var address = cluster.awaitServed(web);
    var gone = cluster.project().servedAt(address);
    cluster.kill();
    cluster.project().deleteBalancer(gone.id());
    await().atMost(SOON).until(() -> cluster.project().balancers().isEmpty());

    cluster.controller(OpenStackCluster.CALM);

    await().atMost(SOON).until(() -> !cluster.project().balancers().isEmpty());
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(cluster.project().servedAt(address).status()).isEqualTo("ACTIVE");
          assertThat(cluster.isServed(web)).isTrue();
        });
    assertThat(cluster.addresses(web)).containsExactly(address);
    assertThat(cluster.project().floatingIps()).hasSize(1);
  }

  @Test
  void theFloatingIpOfAServiceThatWentWithItsLoadBalancerGoesToo() {
    var web = cluster.create(Wish.web("web"));
    var balancer = cluster.project().servedAt(cluster.awaitServed(web));
    cluster.kill();
    cluster.project().deleteBalancer(balancer.id());
    cluster.delete(web);
    await().atMost(SOON).until(() -> cluster.project().balancers().isEmpty());
    assertThat(cluster.project().floatingIps()).hasSize(1);

    cluster.controller(OpenStackCluster.CALM);

    cluster.awaitGone(web);
    await().atMost(SOON).until(() -> cluster.project().floatingIps().isEmpty());
  }

  @Test
  void whatThePresentControllerMadeIsTakenOverAsItStands() {
    cluster.kill();
    var web = cluster.create(Wish.named("web").port("TCP", 80).port("TCP", 443));
    var left = new Predecessor(cluster).serves(web);
    var writes = cluster.writes();

    cluster.controller(OpenStackCluster.CALM);

    await()
        .atMost(SOON)
        .until(() ->
            cluster.isServed(web)
                && cluster
                    .project()
                    .balancer(left.balancer())
                    .tags()
                    .contains("fairway-service=default/web"));
    cluster.quietMark();
    assertThat(cluster.addresses(web)).containsExactly(left.address());
    assertThat(cluster.project().servedAt(left.address()).id()).isEqualTo(left.balancer());
    assertThat(cluster.project().balancers()).hasSize(1);
    assertThat(cluster.project().floatingIps())
        .singleElement()
        .satisfies(ip -> assertThat(ip.id()).isEqualTo(left.floatingIp()));
    assertThat(writes.get().matching(call -> !call.method().equals("PUT")).all()).isEmpty();
    assertThat(writes.get().of("PUT /members").all()).as("members stay as they are").isEmpty();
    assertThat(cluster.warnings(web)).isEmpty();
  }

  void restart() {
    cluster.kill();
    cluster.controller(OpenStackCluster.CALM);
  }

  /// Whether nothing was read but the states of what Octavia is at work on.
  static boolean onlyPolls(Calls calls) {
    return calls.reads().all().stream()
        .allMatch(call ->
            call.operation().equals("GET /v2.0/lbaas/loadbalancers")
                && call.query().contains("fields=provisioning_status")
                && !call.query().contains("fields=vip_address"));
  }
}
