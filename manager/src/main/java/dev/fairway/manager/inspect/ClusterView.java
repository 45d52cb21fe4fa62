// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.manager.desired.NodeView;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.reconcile.World;
import java.util.List;
import java.util.Optional;

/// What is read of the cluster for those who ask: more than a pass needs.
public interface ClusterView extends World {
  /// A Service by its name, ours or not.
  Optional<ServiceView> service(String namespace, String name);

  /// All nodes, eligible or not, ordered by name.
  List<NodeView> nodes();

  /// How many ready endpoints a Service has.
  int readyEndpoints(ServiceView service);
}
