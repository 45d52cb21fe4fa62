// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.lab;

import dev.fairway.testkit.aws.AwsNetwork;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Instances as the Node objects that their kubelets would make.
final class InstanceNodes {
  private InstanceNodes() {}

  static Node node(AwsNetwork.Instance instance, String region, Instant now) {
    var time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    var name =
        "ip-%s.%s.compute.internal".formatted(instance.privateIp().replace('.', '-'), region);
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("kubernetes.io/hostname", name)
        .addToLabels("topology.kubernetes.io/region", region)
        .addToLabels("topology.kubernetes.io/zone", instance.zone())
        .endMetadata()
        .withNewSpec()
        .withProviderID(instance.providerId())
        .endSpec()
        .withNewStatus()
        .addNewAddress(instance.privateIp(), "InternalIP")
        .addNewAddress(name, "Hostname")
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .withReason("KubeletReady")
        .withMessage("as the lab says")
        .withLastTransitionTime(time)
        .withLastHeartbeatTime(time)
        .endCondition()
        .endStatus()
        .build();
  }
}
