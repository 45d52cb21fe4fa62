// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What should be: the input of planning, made from Kubernetes objects and from nothing else.
public sealed interface Desired {
  LoadBalancerKey key();

  /// The load balancer should exist.
  ///
  /// @param services the Services of the group, oldest claim first, at least one
  /// @param frontends the ports of all of them, without conflicts: those are settled before
  /// @param annotations the annotations of the oldest Service, all of them, as they stand on the
  ///   object
  /// @param labels the labels of the oldest Service, for selectors
  record Present(
      LoadBalancerKey key,
      List<ServiceRef> services,
      List<Frontend> frontends,
      AddressRequest addresses,
      Backends backends,
      Map<String, String> annotations,
      Map<String, String> labels)
      implements Desired {
    /// Without labels.
    public Present(
        LoadBalancerKey key,
        List<ServiceRef> services,
        List<Frontend> frontends,
        AddressRequest addresses,
        Backends backends,
        Map<String, String> annotations) {
      this(key, services, frontends, addresses, backends, annotations, Map.of());
    }

    public Present {
      services = List.copyOf(services);
      frontends = List.copyOf(frontends);
      annotations = Map.copyOf(annotations);
      labels = Map.copyOf(labels);
      if (services.isEmpty()) {
        throw new IllegalArgumentException("a load balancer that should exist needs a Service");
      }
    }

    /// Names of the nodes that can take the traffic of every frontend with externalTrafficPolicy
    /// Local; empty when no frontend has that policy, so that every node can.
    public Optional<Set<String>> localNodes() {
      return frontends.stream()
          .filter(frontend -> frontend.traffic().externalPolicy() == ExternalTrafficPolicy.LOCAL)
          .map(frontend -> frontend.backend().endpointNodes())
          .reduce((some, others) -> {
            var common = new HashSet<>(some);
            common.retainAll(others);
            return Set.copyOf(common);
          });
    }
  }

  /// Nothing should exist: whatever the cluster owns under this key has to go.
  record Absent(LoadBalancerKey key) implements Desired {}
}
