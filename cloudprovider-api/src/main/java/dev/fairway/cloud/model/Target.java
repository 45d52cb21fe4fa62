// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A node that may receive the traffic of load balancers.
///
/// @param node the name of the Node object
/// @param addresses its InternalIP addresses in the order of the Node's status; may be empty while
///   a node joins
/// @param providerId the Node's `spec.providerID`, by which clouds know the machine
/// @param ready whether the Node's Ready condition is True. A cloud leaves a node that is not ready
///   to its health checks; who announces addresses takes it as a reason to move them
/// @param labels the Node's labels, for selectors
public record Target(
    String node,
    List<String> addresses,
    Optional<String> providerId,
    boolean ready,
    Map<String, String> labels) {
  public Target {
    addresses = List.copyOf(addresses);
    labels = Map.copyOf(labels);
  }
}
