// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.testkit.process.Until;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;

/// The Node objects of a cluster.
///
/// @param client of an administrator
public record ClusterNodes(KubernetesClient client) {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  public void create(List<Node> nodes) {
    nodes.forEach(node -> {
      var _ = client.resource(node).create();
    });
  }

  public int count() {
    return client.nodes().list().getItems().size();
  }

  /// Removes all of them, and waits until they are gone.
  public void wipe() {
    var _ = client.nodes().delete();
    Until.isTrue("the nodes to be gone", LIMIT, () -> count() == 0);
  }
}
