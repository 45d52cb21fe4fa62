// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

/// One thing that a security group lets in.
///
/// @param protocol `tcp`, `udp`, `icmp`, `icmpv6`, or `-1` for all
/// @param fromPort for ICMP the type; 0 with all protocols
/// @param toPort for ICMP the code; 65535 with all protocols
public record IngressRule(String protocol, int fromPort, int toPort, Source source)
    implements Comparable<IngressRule> {
  /// From where.
  public sealed interface Source {}

  public record Cidr(String cidr) implements Source {
    @Override
    public String toString() {
      return cidr;
    }
  }

  /// Whatever has this security group.
  public record Group(String groupId) implements Source {
    @Override
    public String toString() {
      return groupId;
    }
  }

  public record PrefixList(String prefixListId) implements Source {
    @Override
    public String toString() {
      return prefixListId;
    }
  }

  @Override
  public int compareTo(IngressRule other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return "%s %d-%d from %s".formatted(protocol, fromPort, toPort, source);
  }
}
