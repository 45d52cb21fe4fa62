// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.manager.desired.EndpointView;
import dev.fairway.manager.desired.ServiceView;
import java.util.List;

/// What the reconciler reads of the cluster: always the newest that is known.
public interface World extends EndpointView {
  /// The Services of a group, ours or not; empty when there is none any more.
  List<ServiceView> services(LoadBalancerKey key);

  /// All Services, ours or not.
  List<ServiceView> allServices();

  /// The nodes that may receive traffic, and those that are leaving.
  Backends backends();
}
