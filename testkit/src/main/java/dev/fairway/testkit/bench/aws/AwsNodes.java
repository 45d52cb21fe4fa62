// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.aws.AwsNetwork.Instance;
import dev.fairway.testkit.process.Until;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Makes Node objects of machines in AWS, as their kubelets and a node controller would.
///
/// @param client of an administrator
record AwsNodes(KubernetesClient client) {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  void create(List<Instance> instances) {
    instances.forEach(this::create);
  }

  private void create(Instance instance) {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    var _ =
        client
            .resource(
                new NodeBuilder()
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
                    .build())
            .create();
  }

  int count() {
    return client.nodes().list().getItems().size();
  }

  /// Removes all of them, and waits until they are gone.
  void wipe() {
    var _ = client.nodes().delete();
    Until.isTrue("the nodes to be gone", LIMIT, () -> count() == 0);
  }
}
