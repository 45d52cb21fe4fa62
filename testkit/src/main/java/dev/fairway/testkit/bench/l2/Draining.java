// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/// How an administrator says that a node is to hand its addresses over, and takes that back.
enum Draining {
  TAINT {
    @Override
    void mark(NodeBuilder node) {
      node.editSpec().addToTaints(new Taint("NoSchedule", TAINT_KEY, null, null)).endSpec();
    }
  },
  LABEL {
    @Override
    void mark(NodeBuilder node) {
      node.editMetadata().addToLabels(LABEL_KEY, "").endMetadata();
    }
  },
  /// With `cordonedNodes: drain`.
  CORDON {
    @Override
    void mark(NodeBuilder node) {
      node.editSpec().withUnschedulable(true).endSpec();
    }
  };

  private static final String TAINT_KEY = "fairway.dev/drain";
  private static final String LABEL_KEY = "node.kubernetes.io/exclude-from-external-load-balancers";

  abstract void mark(NodeBuilder node);

  void begin(KubernetesClient client, String node) {
    var _ =
        client
            .nodes()
            .withName(node)
            .edit(found -> {
              var next = new NodeBuilder(found);
              mark(next);
              return next.build();
            });
  }

  /// Takes back whatever way it was said.
  static void end(KubernetesClient client, String node) {
    var _ =
        client
            .nodes()
            .withName(node)
            .edit(found ->
                new NodeBuilder(found)
                    .editMetadata()
                    .removeFromLabels(LABEL_KEY)
                    .endMetadata()
                    .editSpec()
                    .withTaints(List.of())
                    .withUnschedulable(false)
                    .endSpec()
                    .build());
  }
}
