// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A target group that should be.
///
/// @param port the node port; with target type ip the lowest port of the pods, or that of the
///   listener while there are none
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

  /// The ports at which targets take traffic: that of the nodes, or those of the pods there are.
  public SortedSet<Integer> targetPorts() {
    return switch (type) {
      case INSTANCE -> new TreeSet<>(Set.of(port));
      case IP ->
          targets.stream().map(TargetId::port).collect(Collectors.toCollection(TreeSet::new));
    };
  }
}
