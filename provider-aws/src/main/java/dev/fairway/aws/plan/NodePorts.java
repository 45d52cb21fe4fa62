// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.PortBlock;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.spec.GroupSpec;
import dev.fairway.aws.spec.ListenerProtocol;
import dev.fairway.aws.spec.TargetId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The ports of the nodes that load balancers need.
public final class NodePorts {
  private NodePorts() {}

  /// Empty when nobody knows them: those of pods are known with the targets only.
  public static Optional<Set<PortBlock>> of(TargetGroup group) {
    return ports(group).map(ports -> of(group.protocol(), ports, group.check().port()));
  }

  private static Optional<Set<Integer>> ports(TargetGroup group) {
    return switch (group.type()) {
      case INSTANCE -> Optional.of(Set.of(group.port()));
      case IP ->
          group
              .targets()
              .known()
              .map(targets -> targets.stream().map(TargetId::port).collect(Collectors.toSet()));
    };
  }

  static Set<PortBlock> of(GroupSpec group) {
    return of(group.protocol(), group.targetPorts(), group.check().port());
  }

  private static Set<PortBlock> of(
      ListenerProtocol protocol, Set<Integer> ports, String checkPort) {
    var blocks = new TreeSet<PortBlock>();
    for (var port : ports) {
      for (var transport : transports(protocol)) {
        blocks.add(PortBlock.of(transport, port));
      }
      // Health checks of UDP groups go by TCP.
      if (checkPort.equals("traffic-port")) {
        blocks.add(PortBlock.of("tcp", port));
      }
    }
    if (checkPort.matches("\\d+")) {
      blocks.add(PortBlock.of("tcp", Integer.parseInt(checkPort)));
    }
    return blocks;
  }

  /// What carries this protocol.
  static List<String> transports(ListenerProtocol protocol) {
    return switch (protocol) {
      case TCP, TLS -> List.of("tcp");
      case UDP -> List.of("udp");
      case TCP_UDP -> List.of("tcp", "udp");
    };
  }
}
