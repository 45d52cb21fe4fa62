// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What kubelets would write to the API: Node and Pod objects with their status.
///
/// @param client of an administrator
record ClusterObjects(KubernetesClient client) {
  // Longer than any test: the process of the pod ends when the test says so.
  private static final Duration TERMINATION_GRACE = Duration.ofMinutes(5);

  /// Writes a node that is ready for pods.
  void createNode(String name, String address, String podCidr) {
    var _ =
        client
            .nodes()
            .resource(
                new NodeBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .addToLabels("kubernetes.io/hostname", name)
                    .endMetadata()
                    .withNewSpec()
                    .withPodCIDR(podCidr)
                    .withPodCIDRs(podCidr)
                    .endSpec()
                    .build())
            .create();
    var _ =
        client
            .nodes()
            .withName(name)
            .editStatus(node ->
                new NodeBuilder(node)
                    .editOrNewStatus()
                    .addNewAddress(address, "InternalIP")
                    .addNewAddress(name, "Hostname")
                    .addToConditions(
                        new NodeConditionBuilder()
                            .withType("Ready")
                            .withStatus("True")
                            .withReason("KubeletReady")
                            .withMessage("the node of a test world is ready")
                            .withLastTransitionTime(now())
                            .withLastHeartbeatTime(now())
                            .build())
                    .endStatus()
                    .build());
    // Admission taints every new node as not ready, for the node lifecycle controller to remove.
    var _ =
        client
            .nodes()
            .withName(name)
            .edit(node -> new NodeBuilder(node).editSpec().withTaints(List.of()).endSpec().build());
  }

  /// Writes a pod that runs already, as seen by its node.
  ///
  /// @param port of both protocols; Services may call it `tcp` and `udp`
  void createPod(String namespace, String name, Map<String, String> labels, String node, int port) {
    var _ =
        client
            .pods()
            .inNamespace(namespace)
            .resource(
                new PodBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withLabels(labels)
                    .endMetadata()
                    .withNewSpec()
                    .withNodeName(node)
                    .addNewContainer()
                    .withName("web")
                    .withImage("web")
                    .withPorts(containerPort("TCP", port), containerPort("UDP", port))
                    .endContainer()
                    .endSpec()
                    .build())
            .create();
  }

  /// Writes the status of a running pod. The endpointslice controller follows readiness.
  void setPodStatus(String namespace, String name, String address, boolean ready) {
    var _ =
        client
            .pods()
            .inNamespace(namespace)
            .withName(name)
            .editStatus(pod ->
                new PodBuilder(pod)
                    .editOrNewStatus()
                    .withPhase("Running")
                    .withPodIP(address)
                    .withPodIPs(new PodIP(address))
                    .withConditions(
                        new PodConditionBuilder()
                            .withType("Ready")
                            .withStatus(ready ? "True" : "False")
                            .withLastTransitionTime(now())
                            .build())
                    .endStatus()
                    .build());
  }

  /// Marks a pod for deletion. It stays until [#deletePod(String,String)]: that is a kubelet's
  /// part.
  void terminatePod(String namespace, String name) {
    var _ =
        client
            .pods()
            .inNamespace(namespace)
            .withName(name)
            .withGracePeriod(TERMINATION_GRACE.toSeconds())
            .delete();
  }

  void deletePod(String namespace, String name) {
    var _ = client.pods().inNamespace(namespace).withName(name).withGracePeriod(0).delete();
  }

  private static ContainerPort containerPort(String protocol, int port) {
    return new ContainerPortBuilder()
        .withName(protocol.toLowerCase(Locale.ROOT))
        .withProtocol(protocol)
        .withContainerPort(port)
        .build();
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
