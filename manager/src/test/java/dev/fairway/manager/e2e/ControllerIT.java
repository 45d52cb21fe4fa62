// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static dev.fairway.manager.e2e.TestCluster.SOON;
import static dev.fairway.manager.e2e.TestCluster.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.process.ChildProcess;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The controller as a process, with the rights of its roles and no others, on a real API server.
class ControllerIT {
  private static final String NAMESPACE = "controller-it";
  private static final String FINALIZER = "service.kubernetes.io/load-balancer-cleanup";
  private static TestCluster cluster;
  private static ChildProcess controller;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start();
    cluster
        .client()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build())
        .create();
    controller = cluster.controller();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void controllerLives() {
    controller.requireAlive();
  }

  @AfterEach
  void clear() {
    cluster.reset(NAMESPACE);
  }

  @Test
  void aServiceGetsAnAddressOfThePoolAndSaysSo() {
    cluster.pool("a", "10.77.0.0/29");
    var web = cluster.create(service(NAMESPACE, "web"));

    var address = cluster.awaitAddress(web);

    assertThat(address).startsWith("10.77.0.");
    var now = cluster.get(web).orElseThrow();
    assertThat(now.getStatus().getLoadBalancer().getIngress().getFirst().getIpMode())
        .isEqualTo("VIP");
    assertThat(now.getMetadata().getFinalizers()).contains(FINALIZER);
    assertThat(condition(web, "LoadBalancerServing").getStatus()).isEqualTo("True");
    assertThat(condition(web, "LoadBalancerProvisioning").getStatus()).isEqualTo("False");
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(cluster.eventReasons(web))
                .containsExactlyInAnyOrder("EnsuringLoadBalancer", "EnsuredLoadBalancer"));
    assertThat(cluster.vips()).containsExactly(address);
  }

  @Test
  void aDeletedServiceGivesItsAddressBackBeforeItGoes() {
    cluster.pool("a", "10.77.0.0/29");
    var web = cluster.create(service(NAMESPACE, "web"));
    cluster.awaitAddress(web);

    cluster.client().resource(web).delete();

    await().atMost(SOON).until(() -> cluster.get(web).isEmpty());
    assertThat(cluster.vips()).isEmpty();
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(cluster.eventReasons(web))
                .contains("DeletingLoadBalancer", "DeletedLoadBalancer"));
  }

  @Test
  void aServiceThatIsNoLoadBalancerAnyMoreLosesAddressFinalizerAndConditions() {
    cluster.pool("a", "10.77.0.0/29");
    var web = cluster.create(service(NAMESPACE, "web"));
    cluster.awaitAddress(web);

    TestCluster.patch(cluster.client(), web, "{\"spec\":{\"type\":\"ClusterIP\"}}");

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          var now = cluster.get(web).orElseThrow();
          assertThat(now.getMetadata().getFinalizers()).isEmpty();
          assertThat(now.getStatus().getConditions()).isEmpty();
          assertThat(cluster.vips()).isEmpty();
        });

    TestCluster.patch(cluster.client(), web, "{\"spec\":{\"type\":\"LoadBalancer\"}}");
    assertThat(cluster.awaitAddress(web)).startsWith("10.77.0.");
  }

  @Test
  void aForeignClassIsNeverTouchedAndOurOwnIsServed() {
    cluster.pool("a", "10.77.0.0/29");
    var foreign =
        cluster.create(
            service(NAMESPACE, "foreign")
                .editSpec()
                .withLoadBalancerClass("example.com/internal-vip")
                .endSpec());
    var own =
        cluster.create(
            service(NAMESPACE, "own")
                .editSpec()
                .withLoadBalancerClass("fairway.dev/metal")
                .endSpec());

    cluster.awaitAddress(own);

    var now = cluster.get(foreign).orElseThrow();
    assertThat(now.getMetadata().getResourceVersion())
        .isEqualTo(foreign.getMetadata().getResourceVersion());
    assertThat(cluster.events(foreign)).isEmpty();
  }

  @Test
  void anExhaustedPoolIsNamedWithItsSizeAndTheWaiterIsServedOnceAnAddressIsFree() {
    cluster.pool("small", "10.77.1.0/31");
    var first = cluster.create(service(NAMESPACE, "first"));
    var second = cluster.create(service(NAMESPACE, "second"));
    cluster.awaitAddress(first);
    cluster.awaitAddress(second);
    var waiter = cluster.create(service(NAMESPACE, "waiter"));

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          var serving = condition(waiter, "LoadBalancerServing");
          assertThat(serving.getReason()).isEqualTo("PoolExhausted");
          assertThat(serving.getMessage()).contains("small").contains("0 of the 2 addresses");
          assertThat(cluster.eventReasons(waiter)).contains("PoolExhausted");
        });

    cluster.client().resource(first).delete();

    await().atMost(Duration.ofSeconds(3)).until(() -> !cluster.addresses(waiter).isEmpty());
    assertThat(condition(waiter, "LoadBalancerServing").getStatus()).isEqualTo("True");
  }

  @Test
  void anInvalidPoolIsMarkedAndTheOthersKeepWorking() {
    cluster.pool("good", "10.77.2.0/30");
    await().atMost(SOON).until(() -> poolCondition("good", "True", "Valid"));
    cluster.pool("late", "10.77.2.2-10.77.2.9");

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(poolMessage("late")).contains("10.77.2.2").contains("good"));
    assertThat(poolCondition("late", "False", "Overlap")).isTrue();
    var web = cluster.create(service(NAMESPACE, "web"));
    assertThat(cluster.awaitAddress(web)).startsWith("10.77.2.");
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(poolStatus("good"))
                .containsEntry("total", "4")
                .containsEntry("assigned", "1")
                .containsEntry("available", "3"));
  }

  @Test
  void anAnnouncementSaysWhichOfItsPoolsAreNotThere() {
    cluster.pool("here", "10.77.9.0/30");
    cluster
        .client()
        .resource(
            TestCluster.resource(
                "Announcement", "some", Map.of("pools", List.of("here", "there"), "l2", Map.of())))
        .serverSideApply();

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(conditionOf("Announcement", "some"))
                .containsEntry("status", "False")
                .containsEntry("reason", "UnknownPool")
                .containsEntry(
                    "message", "spec.pools: there is no AddressPool there; there are [here]"));
    cluster.pool("there", "10.77.9.4/30");
    await()
        .atMost(SOON)
        .until(() -> "True".equals(conditionOf("Announcement", "some").get("status")));
    cluster.resources("Announcement").withName("some").delete();
  }

  @Test
  void aRequestedAddressIsGivenAndATakenOneRefusedWithTheHolder() {
    cluster.pool("a", "10.77.3.0/29");
    var first =
        cluster.create(
            service(NAMESPACE, "first")
                .editMetadata()
                .addToAnnotations("metallb.io/loadBalancerIPs", "10.77.3.5")
                .endMetadata());
    assertThat(cluster.awaitAddress(first)).isEqualTo("10.77.3.5");
    var second =
        cluster.create(
            service(NAMESPACE, "second").editSpec().withLoadBalancerIP("10.77.3.5").endSpec());

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(condition(second, "LoadBalancerServing").getMessage())
                .contains("10.77.3.5 belongs to controller-it/first"));

    cluster.client().resource(first).delete();
    assertThat(cluster.awaitAddress(second)).isEqualTo("10.77.3.5");
  }

  @Test
  void aWrongEditOfAServiceThatWorksIsToldAndChangesNothing() {
    cluster.pool("a", "10.77.4.0/29");
    var web = cluster.create(service(NAMESPACE, "web"));
    var address = cluster.awaitAddress(web);

    annotate(web, "fairway.dev/load-balancer-ips", "my-address");

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(condition(web, "LoadBalancerServing").getMessage())
                .contains("fairway.dev/load-balancer-ips")
                .contains("'my-address'"));
    assertThat(condition(web, "LoadBalancerServing").getStatus()).isEqualTo("True");
    assertThat(cluster.addresses(web)).containsExactly(address);
  }

  @Test
  void anAddressNeverChangesWhenThePoolIsShrunkOrDeleted() {
    cluster.pool("a", "10.77.5.0/29");
    var web = cluster.create(service(NAMESPACE, "web"));
    var address = cluster.awaitAddress(web);

    cluster.pool("a", "10.77.6.0/29");
    var other = cluster.create(service(NAMESPACE, "other"));
    assertThat(cluster.awaitAddress(other)).startsWith("10.77.6.");
    cluster.deletePools();
    var late = cluster.create(service(NAMESPACE, "late"));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(condition(late, "LoadBalancerServing").getReason()).isEqualTo("NoPool"));

    assertThat(cluster.addresses(web)).containsExactly(address);
  }

  @Test
  void aStatusThatSomebodyWipesAndAVipThatSomebodyDeletesComeBack() {
    cluster.pool("a", "10.77.7.0/29");
    var web = cluster.create(service(NAMESPACE, "web"));
    var address = cluster.awaitAddress(web);

    cluster.resources("Vip").withName(address).delete();
    await().atMost(SOON).until(() -> cluster.vips().contains(address));
    cluster
        .controlPlane()
        .kubectl(
            "patch",
            "service",
            "web",
            "--namespace",
            NAMESPACE,
            "--subresource=status",
            "--type=merge",
            "--patch",
            "{\"status\":{\"loadBalancer\":{\"ingress\":null}}}");

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(cluster.addresses(web)).containsExactly(address));
  }

  @Test
  void manyServicesAtOnceGetAnAddressEach() {
    cluster.pool("a", "10.77.8.0/26");
    var services = new HashSet<Service>();
    for (var n = 0; n < 60; n++) {
      services.add(cluster.create(service(NAMESPACE, "web-" + n)));
    }

    var addresses = new HashSet<String>();
    services.forEach(web -> addresses.add(cluster.awaitAddress(web)));

    assertThat(addresses).hasSize(60);
    assertThat(new HashSet<>(cluster.vips())).isEqualTo(addresses);
  }

  private static Condition condition(Service service, String type) {
    return TestCluster.awaitValue(type, () -> cluster.condition(service, type));
  }

  private static void annotate(Service service, String key, String value) {
    TestCluster.patch(
        cluster.client(),
        service,
        "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
  }

  private static Map<String, Object> poolStatus(String name) {
    return status("AddressPool", name);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> status(String kind, String name) {
    var status = cluster.resources(kind).withName(name).get().get("status");
    return status == null ? Map.of() : (Map<String, Object>) status;
  }

  private static Map<String, Object> poolCondition(String name) {
    return conditionOf("AddressPool", name);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> conditionOf(String kind, String name) {
    var conditions =
        (List<Map<String, Object>>) status(kind, name).getOrDefault("conditions", List.of());
    return conditions.isEmpty() ? Map.of() : conditions.getFirst();
  }

  private static boolean poolCondition(String name, String status, String reason) {
    return status.equals(poolCondition(name).get("status"))
        && reason.equals(poolCondition(name).get("reason"));
  }

  private static String poolMessage(String name) {
    return String.valueOf(poolCondition(name).get("message"));
  }
}
