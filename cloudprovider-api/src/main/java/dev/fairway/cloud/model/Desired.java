// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.util.List;
import java.util.Map;

/// What should be: the input of planning, made from Kubernetes objects and from nothing else.
public sealed interface Desired {
  LoadBalancerKey key();

  /// The load balancer should exist.
  ///
  /// @param services the Services of the group, oldest claim first, at least one
  /// @param frontends the ports of all of them, without conflicts: those are settled before
  /// @param annotations the annotations of the oldest Service, all of them, as they stand on the
  ///   object
  record Present(
      LoadBalancerKey key,
      List<ServiceRef> services,
      List<Frontend> frontends,
      AddressRequest addresses,
      Traffic traffic,
      Backends backends,
      Map<String, String> annotations)
      implements Desired {
    public Present {
      services = List.copyOf(services);
      frontends = List.copyOf(frontends);
      annotations = Map.copyOf(annotations);
      if (services.isEmpty()) {
        throw new IllegalArgumentException("a load balancer that should exist needs a Service");
      }
    }
  }

  /// Nothing should exist: whatever the cluster owns under this key has to go.
  record Absent(LoadBalancerKey key) implements Desired {}
}
