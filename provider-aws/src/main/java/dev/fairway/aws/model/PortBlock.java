// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

/// 256 neighbouring ports of the nodes, opened for load balancers as one rule: so a group of nodes
/// needs a dozen rules at most for the whole range of node ports, of the 60 that AWS allows, and
/// most new Services need none.
///
/// @param protocol `tcp` or `udp`
/// @param index the first port divided by 256
public record PortBlock(String protocol, int index) implements Comparable<PortBlock> {
  private static final int SIZE = 256;

  public static PortBlock of(String protocol, int port) {
    return new PortBlock(protocol, port / SIZE);
  }

  public int first() {
    return index * SIZE;
  }

  public int last() {
    return index * SIZE + SIZE - 1;
  }

  /// The rule that opens it for what has this security group.
  public IngressRule rule(String backendGroupId) {
    return new IngressRule(protocol, first(), last(), new IngressRule.Group(backendGroupId));
  }

  @Override
  public int compareTo(PortBlock other) {
    var byProtocol = protocol.compareTo(other.protocol);
    return byProtocol != 0 ? byProtocol : Integer.compare(index, other.index);
  }

  @Override
  public String toString() {
    return "%s %d-%d".formatted(protocol, first(), last());
  }
}
