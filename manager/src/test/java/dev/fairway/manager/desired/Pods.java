// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import dev.fairway.cloud.model.Endpoint;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.ServiceRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The same pods behind every Service.
///
/// @param byPort by the name of the port
record Pods(Map<String, List<Endpoint>> byPort) implements EndpointView {
  static Pods none() {
    return new Pods(Map.of());
  }

  static Endpoint pod(String address, int port) {
    return new Endpoint(address, IpFamily.IPV4, port, Optional.of("node-1"), Optional.empty());
  }

  @Override
  public Set<String> endpointNodes(ServiceRef service) {
    return Set.of();
  }

  @Override
  public Map<String, List<Endpoint>> endpoints(ServiceRef service) {
    return byPort;
  }
}
