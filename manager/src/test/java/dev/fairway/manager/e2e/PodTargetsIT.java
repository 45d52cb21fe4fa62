// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static dev.fairway.manager.e2e.TestCluster.SOON;
import static dev.fairway.manager.e2e.TestCluster.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.sim.Call;
import dev.fairway.testkit.sim.SimulatedCloud;
import dev.fairway.testkit.sim.SimulatedProvider;
import dev.fairway.testkit.sim.remote.CloudServer;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A provider that sends traffic to pods, with EndpointSlices of a real API server.
class PodTargetsIT {
  private static final String NAMESPACE = "default";
  private static final String GROUP = "TCP/80@pods";
  private static final SimulatedCloud CLOUD =
      new SimulatedCloud(InstantSource.system(), SimulatedCloud.Options.ideal());
  private static final CloudServer SERVER = CloudServer.start(CLOUD, () -> {});
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start();
    cluster.simulatedController(SERVER.endpoint());
  }

  @AfterAll
  static void stop() {
    cluster.close();
    SERVER.close();
  }

  @Test
  void readyPodsAreTheTargetsAndArePassedOnTogetherWhenTheyChange() {
    slice("10.0.0.1", "10.0.0.2");
    cluster.create(
        service(NAMESPACE, "web")
            .editMetadata()
            .addToAnnotations(SimulatedProvider.TARGETS.key(), "pods")
            .endMetadata()
            .editSpec()
            .withAllocateLoadBalancerNodePorts(false)
            .endSpec());
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(targets()).containsExactlyInAnyOrder("10.0.0.1:8080", "10.0.0.2:8080"));
    var calls = CLOUD.callCount();

    slice("10.0.0.2", "10.0.0.3");
    slice("10.0.0.3", "10.0.0.4");

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(targets()).containsExactlyInAnyOrder("10.0.0.3:8080", "10.0.0.4:8080"));
    assertThat(CLOUD.callsAfter(calls))
        .extracting(Call::operation)
        .containsExactly("DeregisterTargets", "RegisterTargets");
  }

  private static Set<String> targets() {
    return CLOUD.truth().stream()
        .map(seen -> seen.groups().getOrDefault(GROUP, Set.of()))
        .findFirst()
        .orElse(Set.of());
  }

  private static void slice(String... pods) {
    var endpoints =
        Stream.of(pods)
            .map(address ->
                new EndpointBuilder()
                    .withAddresses(address)
                    .withNodeName("node-1")
                    .withNewConditions()
                    .withReady(true)
                    .endConditions()
                    .build())
            .toList();
    cluster
        .client()
        .resource(
            new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName("web-1")
                .addToLabels("kubernetes.io/service-name", "web")
                .endMetadata()
                .withAddressType("IPv4")
                .withEndpoints(endpoints)
                .addNewPort()
                .withName("")
                .withProtocol("TCP")
                .withPort(8080)
                .endPort()
                .build())
        .serverSideApply();
  }
}
