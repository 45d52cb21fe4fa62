// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.specs;

import static dev.fairway.manager.e2e.specs.KubernetesSpecsIT.WORLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the Kubernetes end-to-end suite wants to see while types, ports and node ports of a Service
/// change.
abstract class LifecycleSpecs {
  /// LoadBalancers: should be able to change the type and ports of a TCP service.
  @Test
  void aTcpServiceIsReachableThroughEveryChangeOfTypeAndPorts() {
    var client = Reachability.from(WORLD.client());
    var inside = Reachability.from(WORLD.startClientPod("inside", 3));
    var pod = WORLD.startPod("web", 1);
    var service = WORLD.create("mutability-test", _ -> {});
    inside.awaitHttp(service.spec().getClusterIP(), 80);

    service.change(spec -> spec.setType("NodePort"));
    var nodePort = service.port().getNodePort();
    inside.awaitHttp(WORLD.node(2).address(), nodePort);

    service.change(spec -> spec.setType("LoadBalancer"));
    var address = service.awaitAddress();
    assertThat(service.port().getNodePort()).isEqualTo(nodePort);
    client.awaitHttp(address, 80);
    inside.awaitHttp(address, 80);

    var otherNodePort = changeNodePort(service, nodePort);
    client.awaitHttp(WORLD.node(2).address(), otherNodePort);
    client.awaitHttp(address, 80);
    assertThat(service.address()).contains(address);

    service.change(spec -> spec.getPorts().getFirst().setPort(81));
    client.awaitHttp(address, 81);
    client.awaitNoHttp(address, 80);
    assertThat(service.port().getNodePort()).isEqualTo(otherNodePort);
    assertThat(service.address()).contains(address);

    pod.remove();
    client.awaitNoHttp(address, 81);
    WORLD.startPod("web-again", 2);
    client.awaitHttp(address, 81);

    service.change(spec -> spec.setType("ClusterIP"));
    assertThat(service.port().getNodePort()).isNull();
    assertThat(service.address()).isEmpty();
    client.awaitNoHttp(address, 81);
    awaitNothingLeft(service, address);
  }

  /// LoadBalancers: should be able to change the type and ports of a UDP service.
  @Test
  void aUdpServiceIsReachableThroughEveryChangeOfTypeAndPorts() {
    var client = Reachability.from(WORLD.client());
    var inside = Reachability.from(WORLD.startClientPod("inside", 3));
    var pod = WORLD.startPod("web", 1);
    var service =
        WORLD.create("mutability-test", spec -> spec.getPorts().getFirst().setProtocol("UDP"));
    inside.awaitUdp(service.spec().getClusterIP(), 80);

    service.change(spec -> spec.setType("NodePort"));
    var nodePort = service.port().getNodePort();
    inside.awaitUdp(WORLD.node(2).address(), nodePort);

    service.change(spec -> spec.setType("LoadBalancer"));
    var address = service.awaitAddress();
    assertThat(service.port().getNodePort()).isEqualTo(nodePort);
    client.awaitUdp(address, 80);
    inside.awaitUdp(address, 80);

    var otherNodePort = changeNodePort(service, nodePort);
    client.awaitUdp(WORLD.node(2).address(), otherNodePort);
    client.awaitUdp(address, 80);
    assertThat(service.address()).contains(address);

    service.change(spec -> spec.getPorts().getFirst().setPort(81));
    client.awaitUdp(address, 81);
    client.awaitNoUdp(address, 80);
    assertThat(service.port().getNodePort()).isEqualTo(otherNodePort);
    assertThat(service.address()).contains(address);

    pod.remove();
    client.awaitNoUdp(address, 81);
    WORLD.startPod("web-again", 2);
    client.awaitUdp(address, 81);

    service.change(spec -> spec.setType("ClusterIP"));
    assertThat(service.port().getNodePort()).isNull();
    assertThat(service.address()).isEmpty();
    client.awaitNoUdp(address, 81);
    awaitNothingLeft(service, address);
  }

  /// LoadBalancers: should handle load balancer cleanup finalizer for service.
  @Test
  void theFinalizerIsThereForAsLongAsThereIsALoadBalancer() {
    var service = WORLD.serve("lb-finalizer", _ -> {});
    service.awaitFinalizer(true);

    service.change(spec -> spec.setType("ClusterIP"));
    service.awaitFinalizer(false);

    service.change(spec -> spec.setType("LoadBalancer"));
    var address = service.awaitAddress();
    service.awaitFinalizer(true);

    service.delete();
    await("the Service to disappear").atMost(SpecWorld.SOON).until(() -> service.find().isEmpty());
    assertThat(service.vipExists(address)).isFalse();
  }

  /// LoadBalancers: should be able to create LoadBalancer Service without NodePort and change it.
  @Test
  void aServiceWithoutNodePortsIsReachableAndStaysSoWhenItGetsSome() {
    var client = Reachability.from(WORLD.client());
    WORLD.startPod("web", 1);
    var service = WORLD.create("reallocate-nodeport-test", _ -> {});

    service.change(spec -> {
      spec.setType("LoadBalancer");
      spec.setAllocateLoadBalancerNodePorts(false);
    });
    var address = service.awaitAddress();
    assertThat(service.port().getNodePort()).isNull();
    client.awaitHttp(address, 80);

    service.change(spec -> spec.setAllocateLoadBalancerNodePorts(true));
    client.awaitHttp(WORLD.node(2).address(), service.port().getNodePort());
    assertThat(service.address()).contains(address);
    client.awaitHttp(address, 80);
  }

  /// Not a spec of the suite: types change back and forth in one go, and what one type leaves must
  /// not be in the way of the next.
  @Test
  void everyOtherTypeClearsWhatWasMadeAndLoadBalancerMakesItAgain() {
    var client = Reachability.from(WORLD.client());
    WORLD.startPod("web", 1);
    var service = WORLD.serve("back-and-forth", spec -> spec.setExternalTrafficPolicy("Local"));
    var nodePort = service.port().getNodePort();

    for (var type : List.of("NodePort", "ClusterIP", "ExternalName")) {
      var address = service.awaitAddress();
      client.awaitHttp(address, 80);

      service.change(spec -> {
        spec.setType(type);
        if (type.equals("ExternalName")) {
          spec.setExternalName("example.com");
          spec.setClusterIP(null);
          spec.setClusterIPs(List.of());
        }
      });
      awaitNothingLeft(service, address);
      if (type.equals("NodePort")) {
        assertThat(service.port().getNodePort()).isEqualTo(nodePort);
      }

      service.change(spec -> {
        spec.setType("LoadBalancer");
        spec.setExternalName(null);
        spec.setExternalTrafficPolicy("Local");
      });
      assertThat(service.spec().getHealthCheckNodePort()).isPositive();
    }
    client.awaitHttp(service.awaitAddress(), 80);
    service.awaitFinalizer(true);
  }

  /// Services: should serve endpoints on same port and different protocol for internal traffic on
  /// Type LoadBalancer. Here for external traffic too.
  @Test
  void tcpAndUdpAreServedOnTheSamePortNumber() {
    var client = Reachability.from(WORLD.client());
    var inside = Reachability.from(WORLD.startClientPod("inside", 3));
    WORLD.startPod("web", 1);

    var service =
        WORLD.serve(
            "multiprotocol-lb-test",
            spec -> spec.setPorts(List.of(port80("TCP", "tcp"), port80("UDP", "udp"))));

    var address = service.awaitAddress();
    client.awaitHttp(address, 80);
    client.awaitUdp(address, 80);
    inside.awaitHttp(service.spec().getClusterIP(), 80);
    inside.awaitUdp(service.spec().getClusterIP(), 80);

    service.change(spec -> spec.setPorts(List.of(spec.getPorts().getLast())));
    client.awaitNoHttp(address, 80);
    client.awaitUdp(address, 80);
    assertThat(service.address()).contains(address);
  }

  /// Services: should complete a service status lifecycle \[Conformance\].
  @Test
  void aServiceOfAnotherClassIsLeftToWhomeverWritesItsStatus() {
    var service =
        WORLD.create(
            "test-service",
            spec -> {
              spec.setType("LoadBalancer");
              spec.setLoadBalancerClass("example.com/internal-vip");
            });
    var status = service.resource().subresource("status");

    var addressed =
        status.patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"metadata": {"annotations": {"patchedstatus": "true"}},
             "status": {"loadBalancer": {"ingress": [{"ip": "203.0.113.1"}]}}}
            """);
    awaitNoWriteSince(addressed);

    var _ =
        status.edit(old -> {
          old.getStatus()
              .getConditions()
              .add(
                  new ConditionBuilder()
                      .withType("StatusUpdate")
                      .withStatus("True")
                      .withReason("E2E")
                      .withMessage("Set from e2e test")
                      .withLastTransitionTime(Instant.EPOCH.toString())
                      .build());
          return old;
        });
    var labelled =
        service
            .resource()
            .patch(
                PatchContext.of(PatchType.STRATEGIC_MERGE),
                """
                {"metadata": {"labels": {"test-service": "patched"}}}
                """);
    awaitNoWriteSince(labelled);

    var after = service.get();
    assertThat(after.getMetadata().getAnnotations()).containsEntry("patchedstatus", "true");
    assertThat(after.getMetadata().getLabels()).containsEntry("test-service", "patched");
    assertThat(after.getMetadata().getFinalizers()).isEmpty();
    assertThat(after.getStatus().getConditions())
        .singleElement()
        .satisfies(condition -> assertThat(condition.getType()).isEqualTo("StatusUpdate"));
    assertThat(service.address()).contains("203.0.113.1");

    service.delete();
    await("the Service to disappear").atMost(SpecWorld.SOON).until(() -> service.find().isEmpty());
  }

  // Fairway has seen what was written before when a Service that was made afterwards is served.
  private static void awaitNoWriteSince(Service written) {
    var version = written.getMetadata().getResourceVersion();
    var _ = WORLD.serve("after-" + version, _ -> {});
    assertThat(WORLD.api().resource(written).get().getMetadata().getResourceVersion())
        .isEqualTo(version);
  }

  private static int changeNodePort(SpecService service, int old) {
    // The range of node ports is large, and the world's are few.
    var wanted = old == 32_767 ? old - 1 : old + 1;
    service.change(spec -> spec.getPorts().getFirst().setNodePort(wanted));
    assertThat(service.port().getNodePort()).isEqualTo(wanted);
    return wanted;
  }

  private static void awaitNothingLeft(SpecService service, String address) {
    service.awaitFinalizer(false);
    assertThat(service.vipExists(address)).isFalse();
    assertThat(service.address()).isEmpty();
    assertThat(service.get().getStatus().getConditions()).isEmpty();
    await("nobody to answer ARP")
        .atMost(SpecWorld.SOON)
        .until(() -> WORLD.client().arp(address).isEmpty());
  }

  private static ServicePort port80(String protocol, String targetPort) {
    return new ServicePortBuilder()
        .withName(targetPort)
        .withProtocol(protocol)
        .withPort(80)
        .withTargetPort(new IntOrString(targetPort))
        .build();
  }
}
