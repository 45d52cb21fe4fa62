// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.Target;
import dev.fairway.manager.desired.ServiceView;
import java.util.List;
import java.util.Set;

/// What the reconciler reads of the cluster: always the newest that is known.
public interface World {
  /// The Services of a group, ours or not; empty when there is none any more.
  List<ServiceView> services(LoadBalancerKey key);

  /// The nodes that may receive traffic, ordered by name.
  List<Target> targets();

  /// Names of the nodes that hold a ready endpoint of each of these Services.
  Set<String> endpointNodes(List<ServiceView> services);
}
