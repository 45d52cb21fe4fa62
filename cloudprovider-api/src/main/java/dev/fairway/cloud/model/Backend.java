// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Where on the nodes the traffic of a frontend goes in.
///
/// @param nodePort the node port (1 to 65535); empty when the Service has none
///   (`allocateLoadBalancerNodePorts: false`), which only providers that announce the address
///   itself can serve
/// @param healthCheck how a cloud can tell which nodes hold endpoints; present with policy Local
/// @param endpointNodes names of the nodes that hold at least one ready endpoint of the Service;
///   while none is ready anywhere, those with one that terminates and serves until then
public record Backend(
    OptionalInt nodePort, Optional<HealthCheck> healthCheck, Set<String> endpointNodes) {
  public Backend {
    endpointNodes = Set.copyOf(endpointNodes);
  }
}
