// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import static dev.fairway.manager.e2e.openstack.OpenStackCluster.CALM;
import static dev.fairway.manager.e2e.openstack.OpenStackCluster.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.testkit.openstack.SimulatedOpenStack;
import dev.fairway.testkit.process.Command;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Load balancers of several Services, of both families and of others, and what people are told who
/// ask about them.
class OpenStackSharingIT {
  private static SimulatedOpenStack openStack;
  private static OpenStackCluster cluster;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    var cloud = Cloud.Simulated.start();
    openStack = cloud.openStack();
    cluster = OpenStackCluster.start(cloud, 3);
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    cluster.start(port, cluster.cloudConf("max-shared-lb = 5"), CALM);
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
  void aServiceThatNamesALoadBalancerHasItsPortsThere() {
    var first = cluster.create(Wish.web("first"));
    var address = cluster.awaitServed(first);
    var balancer = cluster.project().servedAt(address);

    var second =
        cluster.create(
            Wish.named("second").port("TCP", 81).openstack("load-balancer-id", balancer.id()));

    assertThat(cluster.awaitServed(second)).isEqualTo(address);
    assertThat(cluster.project().listeners(balancer.id())).isEqualTo(Set.of("TCP/80", "TCP/81"));
    var third =
        cluster.create(
            Wish.named("third").port("TCP", 80).openstack("load-balancer-id", balancer.id()));
    cluster.awaitWarning(third, "80");
    cluster.delete(third);
    cluster.awaitGone(third);

    cluster.delete(first);
    cluster.awaitGone(first);
    await()
        .atMost(SOON)
        .until(() -> cluster.project().listeners(balancer.id()).equals(Set.of("TCP/81")));
    assertThat(cluster.addresses(second)).containsExactly(address);
    assertThat(cluster.project().servedAt(address).id()).isEqualTo(balancer.id());
    cluster.delete(second);
    cluster.awaitGone(second);
  }

  @Test
  void servicesWithOneKeyShareALoadBalancer() {
    var first = cluster.create(Wish.web("first").annotation("fairway.dev/share", "edge"));
    var address = cluster.awaitServed(first);
    var second =
        cluster.create(
            Wish.named("second").port("UDP", 53).annotation("fairway.dev/share", "edge"));

    assertThat(cluster.awaitServed(second)).isEqualTo(address);
    await()
        .atMost(SOON)
        .until(() ->
            cluster
                .project()
                .listeners(cluster.project().servedAt(address).id())
                .equals(Set.of("TCP/80", "UDP/53")));
    assertThat(cluster.project().balancers()).hasSize(1);
  }

  @Test
  void aServiceOfBothFamiliesHasAnAddressOfEach() {
    var both = cluster.create(Wish.web("both").bothFamilies());

    cluster.awaitServed(both);

    assertThat(cluster.addresses(both)).hasSize(2).anySatisfy(one -> assertThat(one).contains(":"));
    assertThat(cluster.project().floatingIps())
        .singleElement()
        .satisfies(ip -> assertThat(cluster.addresses(both)).contains(ip.address()));
    assertThat(cluster.warnings(both)).isEmpty();
  }

  @Test
  void somebodyElsesLoadBalancerOfTheSameNameIsNotTouched() {
    var wanted = JsonNodeFactory.instance.objectNode();
    wanted
        .put("name", "kube_service_kubernetes_default_web")
        .put("vip_subnet_id", openStack.seed().privateSubnet())
        .putArray("tags")
        .add("fairway-cluster=other")
        .add("fairway-service=default/web");
    var foreign = openStack.putBalancer(wanted);
    cluster.kill();
    cluster.start(port, cluster.cloudConf("max-shared-lb = 5"), CALM);

    var web = cluster.create(Wish.web("web"));

    assertThat(cluster.project().servedAt(cluster.awaitServed(web)).id()).isNotEqualTo(foreign);
    assertThat(cluster.project().balancer(foreign).tags())
        .containsExactly("fairway-cluster=other", "fairway-service=default/web");
    cluster.delete(web);
    cluster.awaitGone(web);
    assertThat(cluster.project().balancers()).extracting("id").containsExactly(foreign);
    cluster.project().deleteBalancer(foreign);
  }

  @Test
  void whoAsksIsToldOfTheLoadBalancerItsListenersAndItsMembers() {
    var web = cluster.create(Wish.named("web").port("TCP", 80).sourceRanges("10.1.0.0/16"));
    var address = cluster.awaitServed(web);
    var balancer = cluster.project().servedAt(address);
    var pool = cluster.project().parts("pools").getFirst().path("id").asText();
    openStack.octavia(controls -> controls.memberStatus(pool, "ERROR"));

    assertThat(ask("explain", "default/web"))
        .contains(
            address,
            "load balancer " + balancer.id(),
            "ACTIVE",
            "listener TCP/80",
            "10.1.0.0/16",
            "node-1",
            "ERROR");
    assertThat(ask("plan", "default/web")).contains("as they should be");
    assertThat(ask("orphans")).doesNotContain("default/web");
  }

  @Test
  void whatNoServiceHasIsToldAndStays() {
    var wanted = JsonNodeFactory.instance.objectNode();
    wanted
        .put("name", "kube_service_kubernetes_default_gone")
        .put("vip_subnet_id", openStack.seed().privateSubnet())
        .putArray("tags")
        .add("fairway-cluster=prod")
        .add("fairway-service=default/gone");
    cluster.kill();
    var orphan = openStack.putBalancer(wanted);

    cluster.start(port, cluster.cloudConf("max-shared-lb = 5"), CALM);

    await()
        .atMost(SOON)
        .ignoreExceptions() // it has only begun
        .untilAsserted(() -> assertThat(ask("orphans")).contains("default/gone"));
    assertThat(cluster.project().balancer(orphan).status()).isEqualTo("ACTIVE");
    cluster.project().deleteBalancer(orphan);
  }

  private static String ask(String... question) {
    var command =
        OpenStackCluster.fairway(
            Stream.concat(
                    Stream.of(question), Stream.of("--controller", "http://127.0.0.1:" + port))
                .toArray(String[]::new));
    return run(command);
  }

  private static String run(List<String> command) {
    return Command.run(command.toArray(String[]::new));
  }
}
