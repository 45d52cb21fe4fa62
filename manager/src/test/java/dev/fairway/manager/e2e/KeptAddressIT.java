// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static dev.fairway.manager.e2e.TestCluster.SOON;
import static dev.fairway.manager.e2e.TestCluster.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.process.ChildProcess;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Addresses that outlive their Services: held, handed over, repaired, orphaned.
class KeptAddressIT {
  private static final String NAMESPACE = "kept-it";
  private static final String HOLD = "fairway.dev/hold-address";
  private static final String HAND_OVER = "fairway.dev/hand-over-address-to";
  private static final String ADDRESS = "fairway.dev/load-balancer-ips";
  private static final Duration AT_ONCE = Duration.ofSeconds(3);
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
  void aPoolOfTwo() {
    controller.requireAlive();
    cluster.pool("a", "10.80.0.0/31");
  }

  @AfterEach
  void clear() {
    cluster.reset(NAMESPACE);
    cluster.resources("Vip").delete();
  }

  @Test
  void anAddressIsHeldForItsServiceAndForNobodyElse() {
    var web = create("web", HOLD, "1h");
    var address = cluster.awaitAddress(web);

    delete(web);

    assertThat(cluster.vips()).containsExactly(address);
    assertThat(spec(address)).containsKey("heldUntil").containsEntry("owners", List.of());
    var other = create("other", null, "");
    assertThat(cluster.awaitAddress(other)).isNotEqualTo(address);
    var late = create("late", null, "");
    awaitReason(late, "PoolExhausted");
    annotate(late, ADDRESS, address);
    awaitReason(late, "AddressHeld");
    assertThat(message(late)).contains(address + " is held for kept-it/web until 20");

    var again = cluster.create(port(service(NAMESPACE, "web"), 443));

    assertThat(cluster.awaitAddress(again)).isEqualTo(address);
    assertThat(spec(address)).doesNotContainKeys("heldUntil", "holdSeconds");
  }

  @Test
  void anAddressIsHeldOverARestartAndAChangeOfThePool() {
    var web = create("web", HOLD, "1h");
    var address = cluster.awaitAddress(web);
    delete(web);

    restart();
    cluster.pool("a", "10.80.7.0/31");
    var again = create("web", null, "");

    assertThat(cluster.awaitAddress(again)).isEqualTo(address);
  }

  @Test
  void anAddressIsFreeWhenItsTimeIsOver() {
    cluster.pool("a", "10.80.0.0/32");
    var web = create("web", HOLD, "1h");
    var address = cluster.awaitAddress(web);
    annotate(web, HOLD, "2s");
    await().atMost(SOON).until(() -> Objects.equals(spec(address).get("holdSeconds"), 2));
    delete(web);
    assertThat(cluster.vips()).containsExactly(address);
    var waiter = create("waiter", null, "");

    assertThat(cluster.awaitAddress(waiter)).isEqualTo(address);
  }

  @Test
  void aHeldAddressIsGivenUpByDeletingItsVip() {
    cluster.pool("a", "10.80.0.0/32");
    var web = create("web", HOLD, "365d");
    var address = cluster.awaitAddress(web);
    delete(web);
    var waiter = create("waiter", null, "");
    awaitReason(waiter, "PoolExhausted");

    cluster.resources("Vip").withName(address).delete();

    assertThat(cluster.awaitAddress(waiter)).isEqualTo(address);
  }

  @Test
  void aServiceThatIsNoLoadBalancerForAWhileGetsItsAddressBack() {
    var web = create("web", HOLD, "1h");
    var address = cluster.awaitAddress(web);

    TestCluster.patch(cluster.client(), web, "{\"spec\":{\"type\":\"ClusterIP\"}}");

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          var now = cluster.get(web).orElseThrow();
          assertThat(now.getMetadata().getFinalizers()).isEmpty();
          assertThat(now.getStatus().getLoadBalancer().getIngress()).isEmpty();
          assertThat(spec(address)).containsKey("heldUntil");
        });
    TestCluster.patch(cluster.client(), web, "{\"spec\":{\"type\":\"LoadBalancer\"}}");
    assertThat(cluster.awaitAddress(web)).isEqualTo(address);
  }

  @Test
  void anAddressIsHandedOverToItsSuccessorAndToNobodyElse() {
    cluster.pool("a", "10.80.0.0/29");
    var blue = create("blue", HAND_OVER, "green");
    var address = cluster.awaitAddress(blue);
    var thief = create("thief", ADDRESS, address);
    awaitReason(thief, "AddressInUse");
    assertThat(message(thief)).contains(address + " belongs to kept-it/blue", "fairway.dev/share");
    var green = create("green", ADDRESS, address);
    awaitReason(green, "AddressInUse");

    delete(blue);

    await().atMost(AT_ONCE).until(() -> cluster.addresses(green).contains(address));
    awaitReason(thief, "AddressInUse");
    assertThat(message(thief)).contains(address + " belongs to kept-it/green");
  }

  @Test
  void whoAsksForAnotherAddressHandsTheOldOneOver() {
    cluster.pool("a", "10.80.0.0/29");
    var blue = create("blue", HAND_OVER, "kept-it/green");
    var address = cluster.awaitAddress(blue);
    var other = address.equals("10.80.0.5") ? "10.80.0.6" : "10.80.0.5";

    annotate(blue, ADDRESS, other);

    await().atMost(SOON).until(() -> cluster.addresses(blue).equals(List.of(other)));
    assertThat(spec(address))
        .containsKey("heldUntil")
        .containsEntry("handOverTo", "kept-it/green")
        .containsEntry("holdSeconds", 3600);
    assertThat(cluster.awaitAddress(create("green", null, ""))).isEqualTo(address);
  }

  @Test
  void whoWaitsForAnAddressThatIsInUseGetsItWhenItIsFreed() {
    var first = create("first", null, "");
    var address = cluster.awaitAddress(first);
    var waiter = create("waiter", ADDRESS, address);
    awaitReason(waiter, "AddressInUse");

    delete(first);

    await().atMost(AT_ONCE).until(() -> cluster.addresses(waiter).contains(address));
  }

  @Test
  void aVipThatSomebodyDeletesOrEditsIsRepairedAndThatIsTold() {
    var web = create("web", null, "");
    var address = cluster.awaitAddress(web);

    cluster.resources("Vip").withName(address).delete();

    await().atMost(SOON).until(() -> cluster.eventReasons(web).contains("DriftRepaired"));
    assertThat(cluster.vips()).containsExactly(address);
    assertThat(cluster.addresses(web)).containsExactly(address);

    var owners = spec(address).get("owners");
    edit(address, "{\"spec\":{\"owners\":[\"nobody\"]}}");

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(spec(address)).containsEntry("owners", owners));
    await()
        .atMost(SOON)
        .until(() ->
            cluster.events(web).stream()
                    .filter(event -> event.getReason().equals("DriftRepaired"))
                    .mapToInt(event -> event.getCount() == null ? 1 : event.getCount())
                    .sum()
                == 2);
  }

  private static Service create(String name, String key, String value) {
    var builder = port(service(NAMESPACE, name), 80);
    return cluster.create(
        key == null ? builder : builder.editMetadata().addToAnnotations(key, value).endMetadata());
  }

  private static ServiceBuilder port(ServiceBuilder service, int port) {
    return service.editSpec().editFirstPort().withPort(port).endPort().endSpec();
  }

  private static void delete(Service service) {
    cluster.client().resource(service).delete();
    await().atMost(SOON).until(() -> cluster.get(service).isEmpty());
  }

  private static void annotate(Service service, String key, String value) {
    TestCluster.patch(
        cluster.client(),
        service,
        "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
  }

  private static void edit(String vip, String patch) {
    cluster.controlPlane().kubectl("patch", "vip", vip, "--type=merge", "--patch", patch);
  }

  private static void restart() {
    controller.kill9();
    controller = cluster.controller();
  }

  /// Empty while there is no such Vip.
  @SuppressWarnings("unchecked")
  private static Map<String, Object> spec(String vip) {
    return Optional.ofNullable(TestCluster.vip(cluster.client(), vip))
        .map(resource -> (Map<String, Object>) resource.get("spec"))
        .orElse(Map.of());
  }

  private static void awaitReason(Service service, String reason) {
    await()
        .atMost(SOON)
        .until(() ->
            cluster
                .condition(service, "LoadBalancerServing")
                .filter(condition -> condition.getReason().equals(reason))
                .isPresent());
  }

  private static String message(Service service) {
    return cluster.condition(service, "LoadBalancerServing").orElseThrow().getMessage();
  }
}
