// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import java.util.List;
import java.util.SortedMap;

/// A target group that should be.
///
/// @param port the node port; with target type ip that of the listener, since each target has a
///   port of its own and this one cannot be changed
/// @param attributes those that were asked for, and `proxy_protocol_v2.enabled` in any case
/// @param targets sorted; which nodes or pods should be registered
public record GroupSpec(
    ListenerProtocol protocol,
    TargetType type,
    int port,
    boolean ipv6,
    HealthCheckSpec check,
    SortedMap<String, String> attributes,
    List<TargetId> targets) {
  public GroupSpec {
    targets = List.copyOf(targets);
  }
}
