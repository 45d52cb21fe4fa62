// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.aws.AwsNetwork.Instance;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Machines in AWS as Node objects, as their kubelets and a node controller would make them.
final class AwsNodes {
  private AwsNodes() {}

  static List<Node> of(List<Instance> instances) {
    return instances.stream().map(AwsNodes::of).toList();
  }

  private static Node of(Instance instance) {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new NodeBuilder()
        .withNewMetadata()
        .withName(instance.id())
        .addToLabels("kubernetes.io/hostname", instance.id())
        .addToLabels("topology.kubernetes.io/zone", instance.zone())
        .endMetadata()
        .withNewSpec()
        .withProviderID(instance.providerId())
        .endSpec()
        .withNewStatus()
        .addNewAddress(instance.privateIp(), "InternalIP")
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .withReason("Benchmark")
        .withLastTransitionTime(now)
        .withLastHeartbeatTime(now)
        .endCondition()
        .endStatus()
        .build();
  }
}
