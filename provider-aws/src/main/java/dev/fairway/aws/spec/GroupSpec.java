// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import java.util.List;
import java.util.SortedMap;

/// A target group that should be.
///
/// @param port of the targets: a node port, or the container port with target type ip
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
