// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static dev.fairway.manager.e2e.TestCluster.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Services that have addresses of MetalLB's already when Fairway comes, and its speakers, which
/// run for a while still; with the rights of the installation and no others.
class MovingInIT {
  private static final String NAMESPACE = "moving-in-it";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start();
    for (var name : List.of(NAMESPACE, "metallb-system")) {
      cluster
          .client()
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
    }
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void nobodyIsRenumberedAndNobodyAnnouncesWhileTheSpeakersOfMetalLbRun() {
    // One that waits is made first: it must not get what others have.
    var waiting = cluster.create(service(NAMESPACE, "waiting"));
    var served = new ArrayList<Service>();
    for (var number = 0; number < 3; number++) {
      served.add(withAddress("web-" + number, address(number)));
    }
    // As fairway migrate prints them: with room for one more.
    cluster.pool("public", "192.0.2.252/30");
    served.forEach(MovingInIT::reserve);
    var speaker = speaker();

    cluster.controller();

    await("what stands in the way")
        .atMost(LONG)
        .untilAsserted(() -> {
          signsOfLife();
          assertThat(served).allSatisfy(one -> assertThat(reason(one)).isEqualTo("OtherSpeakers"));
          assertThat(cluster.addresses(waiting)).containsExactly("192.0.2.255");
        });
    assertThat(served.stream().map(cluster::addresses))
        .containsExactly(List.of(address(0)), List.of(address(1)), List.of(address(2)));
    assertThat(cluster.vips()).hasSize(4).allSatisfy(vip -> assertThat(owners(vip)).isEmpty());
    assertThat(cluster.eventReasons(served.getFirst())).contains("OtherSpeakers");

    cluster.client().resource(speaker).withGracePeriod(0).delete();

    await("owners")
        .atMost(LONG)
        .untilAsserted(() -> {
          signsOfLife();
          assertThat(cluster.vips()).allSatisfy(vip -> assertThat(owners(vip)).isNotEmpty());
          assertThat(served).allSatisfy(one -> assertThat(reason(one)).isEqualTo("Serving"));
        });
    assertThat(served.stream().map(cluster::addresses))
        .containsExactly(List.of(address(0)), List.of(address(1)), List.of(address(2)));
  }

  private static void signsOfLife() {
    cluster.speakers("node-1", "node-2", "node-3");
  }

  private static String address(int number) {
    return "192.0.2.25" + (2 + number);
  }

  private static Service withAddress(String name, String address) {
    var made = cluster.create(service(NAMESPACE, name));
    return cluster
        .client()
        .resource(made)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"%s\"}]}}}".formatted(address));
  }

  private static void reserve(Service service) {
    var name = service.getMetadata().getName();
    cluster
        .client()
        .resource(
            TestCluster.resource(
                "AddressReservation",
                NAMESPACE + "." + name,
                Map.of(
                    "addresses",
                    cluster.addresses(service),
                    "namespace",
                    NAMESPACE,
                    "service",
                    name)))
        .create();
  }

  private static Pod speaker() {
    return cluster
        .client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace("metallb-system")
                .withName("speaker-x")
                .addToLabels("app", "metallb")
                .addToLabels("component", "speaker")
                .endMetadata()
                .withNewSpec()
                .withHostNetwork(true)
                .addNewContainer()
                .withName("speaker")
                .withImage("speaker")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }

  private static String reason(Service service) {
    return cluster.condition(service, "LoadBalancerServing").map(Condition::getReason).orElse("");
  }

  @SuppressWarnings("unchecked")
  private static List<String> owners(String vip) {
    var resource = TestCluster.vip(cluster.client(), vip);
    assertThat(resource).isNotNull();
    var spec = (Map<String, Object>) resource.get("spec");
    return (List<String>) spec.getOrDefault("owners", List.of());
  }
}
