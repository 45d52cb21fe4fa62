// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

/// Neighbouring ports of the nodes, opened for load balancers as one rule. The range in which
/// Kubernetes allocates node ports (30000 to 32767 unless it was changed) lies in one block, so
/// that one rule serves all Services; elsewhere a block is 256 ports. So a group of nodes needs few
/// of the 60 rules that AWS allows. Only what has the shared group of the cluster gets in, and that
/// forwards to registered targets only.
///
/// @param protocol `tcp` or `udp`
/// @param first the first port
/// @param last the last port
public record PortBlock(String protocol, int first, int last) implements Comparable<PortBlock> {
  private static final int SIZE = 256;
  private static final int NODE_PORTS_FIRST = 28_672;
  private static final int NODE_PORTS_LAST = 32_767;

  public static PortBlock of(String protocol, int port) {
    if (port >= NODE_PORTS_FIRST && port <= NODE_PORTS_LAST) {
      return new PortBlock(protocol, NODE_PORTS_FIRST, NODE_PORTS_LAST);
    }
    var first = port / SIZE * SIZE;
    return new PortBlock(protocol, first, first + SIZE - 1);
  }

  /// The rule that opens it for what has this security group.
  public IngressRule rule(String backendGroupId) {
    return new IngressRule(protocol, first, last, new IngressRule.Group(backendGroupId));
  }

  @Override
  public int compareTo(PortBlock other) {
    var byProtocol = protocol.compareTo(other.protocol);
    return byProtocol != 0 ? byProtocol : Integer.compare(first, other.first);
  }

  @Override
  public String toString() {
    return "%s %d-%d".formatted(protocol, first, last);
  }
}
