// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static dev.fairway.manager.e2e.TestCluster.SOON;
import static dev.fairway.manager.e2e.TestCluster.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.process.ChildProcess;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Several Services at one address.
class SharedAddressIT {
  private static final String NAMESPACE = "shared-it";
  private static final String ABROAD = "shared-it-abroad";
  private static final String SHARE = "fairway.dev/share";
  private static TestCluster cluster;
  private static ChildProcess controller;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start();
    for (var namespace : List.of(NAMESPACE, ABROAD)) {
      cluster
          .client()
          .resource(
              new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
          .create();
    }
    controller = cluster.controller();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @BeforeEach
  void aPool() {
    controller.requireAlive();
    cluster.pool("a", "10.81.0.0/28");
  }

  @AfterEach
  void clear() {
    cluster.reset(ABROAD);
    cluster.reset(NAMESPACE);
    await().atMost(SOON).until(() -> cluster.vips().isEmpty());
  }

  @Test
  void twoServicesShareOneAddressAndGiveItBackWhenBothAreGone() {
    var web = create(NAMESPACE, "web", 80, Map.of(SHARE, "front"));
    var dns = create(NAMESPACE, "dns", 53, Map.of("metallb.io/allow-shared-ip", "front"));

    var address = cluster.awaitAddress(web);
    assertThat(cluster.awaitAddress(dns)).isEqualTo(address);
    assertThat(cluster.vips()).containsExactly(address);
    assertThat(spec(address)).containsEntry("loadBalancer", "shared:shared-it/front");

    // Whoever founded the group may leave it first.
    delete(web);
    assertThat(cluster.addresses(dns)).containsExactly(address);
    assertThat(cluster.vips()).containsExactly(address);
    delete(dns);
    await().atMost(SOON).until(() -> cluster.vips().isEmpty());
  }

  @Test
  void ofTwoThatWantOnePortTheLaterWaitsForItAndIsToldOfTheOther() {
    var first = create(NAMESPACE, "first", 80, Map.of(SHARE, "front"));
    var address = cluster.awaitAddress(first);
    var second = create(NAMESPACE, "second", 80, Map.of(SHARE, "front"));

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(cluster.condition(second, "LoadBalancerServing"))
                .hasValueSatisfying(serving -> {
                  assertThat(serving.getReason()).isEqualTo("PortConflict");
                  assertThat(serving.getMessage()).contains("80/TCP", "shared-it/first");
                }));
    assertThat(cluster.addresses(second)).isEmpty();

    delete(first);

    assertThat(cluster.awaitAddress(second)).isEqualTo(address);
  }

  @Test
  void aServiceOfAnotherNamespaceNeedsConsent() {
    var web = create(NAMESPACE, "web", 80, Map.of(SHARE, "front"));
    var address = cluster.awaitAddress(web);
    var guest = create(ABROAD, "guest", 81, Map.of(SHARE, "shared-it/front"));

    await()
        .atMost(SOON)
        .until(() -> reason(guest, "LoadBalancerServing").equals("ShareNotPermitted"));
    assertThat(cluster.addresses(guest)).isEmpty();
    annotate(web, "fairway.dev/share-with", ABROAD);

    assertThat(cluster.awaitAddress(guest)).isEqualTo(address);
    delete(web);
    assertThat(cluster.addresses(guest)).containsExactly(address);
  }

  @Test
  void aServiceThatJoinsAGroupAndLeavesItAloneKeepsItsAddress() {
    var web = create(NAMESPACE, "web", 80, Map.of());
    var address = cluster.awaitAddress(web);

    annotate(web, SHARE, "front");

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(spec(address)).containsEntry("loadBalancer", "shared:shared-it/front"));
    assertThat(cluster.vips()).containsExactly(address);
    await().atMost(SOON).until(() -> cluster.addresses(web).equals(List.of(address)));
    var mail = create(NAMESPACE, "mail", 25, Map.of(SHARE, "front"));
    assertThat(cluster.awaitAddress(mail)).isEqualTo(address);
    delete(mail);

    unshare(web);

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(spec(address)).containsEntry("loadBalancer", "shared-it/web"));
    await().atMost(SOON).until(() -> cluster.addresses(web).equals(List.of(address)));
    assertThat(cluster.vips()).containsExactly(address);
  }

  @Test
  void aServiceWhoseAddressIsToBeHeldKeepsItWhenItJoinsAGroupAndLeavesIt() {
    var web = create(NAMESPACE, "web", 80, Map.of("fairway.dev/hold-address", "1h"));
    var address = cluster.awaitAddress(web);

    annotate(web, SHARE, "front");

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(spec(address))
                .containsEntry("loadBalancer", "shared:shared-it/front")
                .doesNotContainKey("heldUntil"));
    unshare(web);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(spec(address))
                .containsEntry("loadBalancer", "shared-it/web")
                .doesNotContainKey("heldUntil"));
    assertThat(cluster.vips()).containsExactly(address);
    TestCluster.patch(
        cluster.client(),
        web,
        "{\"metadata\":{\"annotations\":{\"fairway.dev/hold-address\":null}}}");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(spec(address)).isNotEmpty().doesNotContainKey("holdSeconds"));
  }

  @Test
  void whoLeavesAGroupThatGoesOnGetsAnAddressOfItsOwn() {
    var web = create(NAMESPACE, "web", 80, Map.of(SHARE, "front"));
    var dns = create(NAMESPACE, "dns", 53, Map.of(SHARE, "front"));
    var address = cluster.awaitAddress(web);
    assertThat(cluster.awaitAddress(dns)).isEqualTo(address);

    unshare(web);

    await()
        .atMost(SOON)
        .until(() -> cluster.addresses(web).stream().anyMatch(other -> !other.equals(address)));
    assertThat(cluster.addresses(dns)).containsExactly(address);
    assertThat(cluster.vips()).hasSize(2);
  }

  private static Service create(
      String namespace, String name, int port, Map<String, String> annotations) {
    return cluster.create(
        service(namespace, name)
            .editMetadata()
            .addToAnnotations(annotations)
            .endMetadata()
            .editSpec()
            .editFirstPort()
            .withPort(port)
            .endPort()
            .endSpec());
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

  private static void unshare(Service service) {
    TestCluster.patch(
        cluster.client(),
        service,
        "{\"metadata\":{\"annotations\":{\"%s\":null}}}".formatted(SHARE));
  }

  private static String reason(Service service, String type) {
    return cluster.condition(service, type).map(condition -> condition.getReason()).orElse("");
  }

  /// Empty while there is no such Vip.
  @SuppressWarnings("unchecked")
  private static Map<String, Object> spec(String vip) {
    return Optional.ofNullable(TestCluster.vip(cluster.client(), vip))
        .map(resource -> (Map<String, Object>) resource.get("spec"))
        .orElse(Map.of());
  }
}
