// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.process.Until;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.stream.Collectors;

/// Makes Node objects as kubelets do; there are no machines behind them.
///
/// @param client of an administrator
public record BenchNodes(KubernetesClient client) {
  /// Makes `count` nodes, the first of which has the number `from`, so many apart in time.
  public void create(int from, int count, Duration pause) {
    var start = System.nanoTime();
    for (var n = 0; n < count; n++) {
      create(name(from + n));
      var due = start + (n + 1) * pause.toNanos();
      Until.pause(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
    }
  }

  static String name(int number) {
    return "node-" + number;
  }

  void create(String name) {
    var number = Integer.parseInt(name.substring(name.indexOf('-') + 1));
    var _ =
        client
            .resource(
                new NodeBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .addToLabels("kubernetes.io/hostname", name)
                    .endMetadata()
                    .withNewStatus()
                    .addNewAddress(
                        "10.%d.%d.%d".formatted(1, number / 250, number % 250 + 1), "InternalIP")
                    .addNewAddress(name, "Hostname")
                    .addToConditions(ready(true))
                    .endStatus()
                    .build())
            .create();
  }

  void delete(String name) {
    var _ = client.nodes().withName(name).delete();
  }

  void setReady(String name, boolean ready) {
    var _ =
        client
            .nodes()
            .withName(name)
            .editStatus(node ->
                new NodeBuilder(node)
                    .editStatus()
                    .withConditions(ready(ready))
                    .endStatus()
                    .build());
  }

  Set<String> names() {
    return client.nodes().list().getItems().stream()
        .map((Node node) -> node.getMetadata().getName())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static NodeCondition ready(boolean ready) {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new NodeConditionBuilder()
        .withType("Ready")
        .withStatus(ready ? "True" : "False")
        .withReason("Benchmark")
        .withMessage("as the benchmark wants it")
        .withLastTransitionTime(now)
        .withLastHeartbeatTime(now)
        .build();
  }
}
