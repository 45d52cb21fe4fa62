// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Where the traffic of a frontend goes in: on the nodes, or at the pods themselves.
///
/// @param nodePort the node port (1 to 65535); empty when the Service has none
///   (`allocateLoadBalancerNodePorts: false`), which only providers that announce the address
///   itself or send the traffic to pods can serve
/// @param healthCheck how a cloud can tell which nodes hold endpoints; present with policy Local
/// @param endpointNodes names of the nodes that hold at least one ready endpoint of the Service;
///   while none is ready anywhere, those with one that terminates and serves until then
/// @param endpoints the ready endpoints of this very port, of all IP families, ordered and without
///   repetition; while none of a family is ready, those that terminate and serve until then. Absent
///   unless the load balancer is one whose pods are its targets
///   ([dev.fairway.cloud.Capabilities#podTargets]): then the list stands there, be it empty
public record Backend(
    OptionalInt nodePort,
    Optional<HealthCheck> healthCheck,
    Set<String> endpointNodes,
    Optional<List<Endpoint>> endpoints) {
  public Backend {
    endpointNodes = Set.copyOf(endpointNodes);
    endpoints = endpoints.map(List::copyOf);
  }

  /// A backend whose targets are nodes.
  public Backend(
      OptionalInt nodePort, Optional<HealthCheck> healthCheck, Set<String> endpointNodes) {
    this(nodePort, healthCheck, endpointNodes, Optional.empty());
  }
}
