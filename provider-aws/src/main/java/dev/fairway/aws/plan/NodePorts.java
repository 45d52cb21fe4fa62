// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.PortBlock;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.spec.ListenerProtocol;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The ports of the nodes that load balancers need.
public final class NodePorts {
  private NodePorts() {}

  public static Set<PortBlock> of(TargetGroup group) {
    return of(group.protocol(), group.port(), group.check().port());
  }

  /// @param checkPort a number, or `traffic-port`
  static Set<PortBlock> of(ListenerProtocol protocol, int port, String checkPort) {
    var blocks = new TreeSet<PortBlock>();
    for (var transport : transports(protocol)) {
      blocks.add(PortBlock.of(transport, port));
    }
    // Health checks of UDP groups go by TCP.
    blocks.add(PortBlock.of("tcp", checkPort.matches("\\d+") ? Integer.parseInt(checkPort) : port));
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
