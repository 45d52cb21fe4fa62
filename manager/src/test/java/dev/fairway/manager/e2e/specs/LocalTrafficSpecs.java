// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.specs;

import static dev.fairway.manager.e2e.specs.KubernetesSpecsIT.WORLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.world.NodeHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the Kubernetes end-to-end suite wants with `externalTrafficPolicy: Local`.
abstract class LocalTrafficSpecs {
  // Than Fairway takes to follow endpoints.
  private static final Duration LONGER_THAN_A_PASS = Duration.ofSeconds(3);

  /// LoadBalancers ExternalTrafficPolicy: Local: should work for type=LoadBalancer.
  ///
  /// The suite wants a source outside of the nodes' /16, as it does not know where it runs; here
  /// the addresses of the clients are known.
  @Test
  void thePodSeesTheAddressOfTheClient() {
    WORLD.startPod("web", 2);
    var service = serveLocal("external-local-lb");
    var address = service.awaitAddress();
    int healthCheckPort = service.spec().getHealthCheckNodePort();

    for (var client : List.of(WORLD.client(), WORLD.routedClient())) {
      assertThat(Reachability.from(client).awaitHttp(address, 80).client())
          .isEqualTo(client.address());
    }
    awaitHealthy(healthCheckPort, WORLD.node(2));

    service.change(spec -> spec.setType("ClusterIP"));
    WORLD.nodes().forEach(node -> lan().awaitStatus(node.address(), healthCheckPort, 0));
  }

  /// LoadBalancers ExternalTrafficPolicy: Local: should only target nodes with endpoints.
  @Test
  void theAddressFollowsThePodFromNodeToNode() {
    var service =
        WORLD.serve(
            "external-local-nodes",
            spec -> {
              spec.setExternalTrafficPolicy("Local");
              spec.getPorts().getFirst().setPort(8081);
            });
    var address = service.awaitAddress();
    int healthCheckPort = service.spec().getHealthCheckNodePort();

    for (var number = 1; number <= 3; number++) {
      var node = WORLD.node(number);
      var pod = WORLD.startPod("web-" + number, number);

      assertThat(lan().awaitHttp(address, 8081).pod()).isEqualTo(pod.podName());
      awaitHealthy(healthCheckPort, node);
      assertThat(service.owners()).containsExactly(node.name());
      assertThat(WORLD.client().arp(address)).contains(node.mac());
      pod.remove();
    }
  }

  /// LoadBalancers ExternalTrafficPolicy: Local: should target all nodes with endpoints.
  ///
  /// The suite wants one client to reach both pods. That takes a router which spreads connections
  /// over nodes; with ARP an address is at one node at a time, which serves its own pods. What can
  /// be had is that every node with an endpoint stands ready, and no other.
  @Test
  void everyNodeWithAnEndpointStandsReady() {
    var pods = Map.of("node-1", WORLD.startPod("web-1", 1), "node-2", WORLD.startPod("web-2", 2));
    var service = serveLocal("external-local-update");
    var address = service.awaitAddress();
    await("both nodes to be owners")
        .atMost(SpecWorld.SOON)
        .untilAsserted(
            () -> assertThat(service.owners()).containsExactlyInAnyOrder("node-1", "node-2"));

    var first = service.owners().getFirst();
    assertThat(lan().awaitHttp(address, 80).node()).isEqualTo(first);

    pods.get(first).setReady(false);
    await("the other pod to be reached")
        .atMost(SpecWorld.SOON)
        .until(() -> lan().http(address, 80).filter(a -> !a.node().equals(first)).isPresent());
  }

  /// LoadBalancers ExternalTrafficPolicy: Local: should work from pods.
  @Test
  void aPodThatAsksTheAddressIsSeenAsItself() {
    WORLD.startPod("web", 1);
    var service = serveLocal("external-local-pods");
    var address = service.awaitAddress();

    for (var node : List.of(1, 3)) {
      var asking = WORLD.startClientPod("asking-" + node, node);
      assertThat(Reachability.from(asking).awaitHttp(address, 80).client())
          .isEqualTo(asking.address());
    }
  }

  /// Services: should fail health check node port if there are only terminating endpoints.
  ///
  /// The suite asks a node port; here the address has to answer as well.
  @Test
  void whileAllPodsTerminateTheHealthCheckFailsAndTheAddressAnswers() {
    var pod = WORLD.startPod("echo-hostname", 1);
    var service = serveLocal("svc-proxy-terminating");
    var address = service.awaitAddress();
    var node = WORLD.node(1).address();
    int healthCheckPort = service.spec().getHealthCheckNodePort();
    lan().awaitStatus(node, healthCheckPort, 200);
    lan().awaitHttp(address, 80);

    pod.terminate();

    lan().awaitStatus(node, healthCheckPort, 503);
    lan().awaitHttp(node, service.port().getNodePort());
    await("the address to answer")
        .during(LONGER_THAN_A_PASS)
        .atMost(SpecWorld.SOON)
        .until(() -> lan().http(address, 80).isPresent());
    assertThat(service.owners()).containsExactly("node-1");

    pod.remove();
    lan().awaitNoHttp(address, 80);
    await("nobody to own the address")
        .atMost(SpecWorld.SOON)
        .until(() -> service.owners().isEmpty());
  }

  /// Services: should implement NodePort and HealthCheckNodePort correctly when
  /// ExternalTrafficPolicy changes.
  @Test
  void nodePortsHealthChecksAndTheAddressFollowThePolicy() {
    WORLD.startPod("web", 1);
    var service = serveLocal("external-local-update");
    var address = service.awaitAddress();
    int healthCheckPort = service.spec().getHealthCheckNodePort();
    awaitLocal(service, healthCheckPort);

    var cluster = service.change(spec -> spec.setExternalTrafficPolicy("Cluster"));
    assertThat(cluster.getSpec().getHealthCheckNodePort()).isNull();
    var asking = Reachability.from(WORLD.node(2));
    for (var node : WORLD.nodes()) {
      asking.awaitStatus(node.address(), healthCheckPort, 0);
      asking.awaitHttp(node.address(), service.port().getNodePort());
    }
    lan().awaitHttp(address, 80);
    await("all nodes to be owners")
        .atMost(SpecWorld.SOON)
        .until(() -> service.owners().size() == 3);

    service.change(spec -> {
      spec.setExternalTrafficPolicy("Local");
      spec.setHealthCheckNodePort(healthCheckPort);
    });
    awaitLocal(service, healthCheckPort);
    assertThat(service.address()).contains(address);
  }

  private static SpecService serveLocal(String name) {
    return WORLD.serve(name, spec -> spec.setExternalTrafficPolicy("Local"));
  }

  private static Reachability lan() {
    return Reachability.from(WORLD.client());
  }

  /// Waits until this node alone says that it has endpoints.
  private static void awaitHealthy(int healthCheckPort, NodeHost healthy) {
    for (var node : WORLD.nodes()) {
      lan().awaitStatus(node.address(), healthCheckPort, node.equals(healthy) ? 200 : 503);
    }
  }

  /// The endpoint is on node 1, node 2 asks, node 3 has neither.
  private static void awaitLocal(SpecService service, int healthCheckPort) {
    var asking = Reachability.from(WORLD.node(2));
    int nodePort = service.port().getNodePort();
    asking.awaitStatus(WORLD.node(1).address(), healthCheckPort, 200);
    asking.awaitStatus(WORLD.node(2).address(), healthCheckPort, 503);
    asking.awaitStatus(WORLD.node(3).address(), healthCheckPort, 503);
    // From node 2 to itself too: what comes from the cluster is not external traffic.
    for (var number : List.of(1, 2)) {
      assertThat(asking.awaitHttp(WORLD.node(number).address(), nodePort).client())
          .isEqualTo(WORLD.node(2).address());
    }
    asking.awaitNoHttp(WORLD.node(3).address(), nodePort);
    await("the node with the endpoint to answer for the address")
        .atMost(SpecWorld.SOON)
        .until(() -> service.owners().equals(List.of("node-1")));
    assertThat(lan().awaitHttp(service.awaitAddress(), 80).client())
        .isEqualTo(WORLD.client().address());
  }
}
