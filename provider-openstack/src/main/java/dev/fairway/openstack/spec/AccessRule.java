// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import dev.fairway.cloud.model.Cidr;

/// Traffic that the nodes must let in, for the security group of the cluster.
///
/// @param transport `tcp`, `udp` or `sctp`
/// @param fromPort first port, 1 to 65535
/// @param toPort last port
/// @param remoteCidr where it comes from
public record AccessRule(String transport, int fromPort, int toPort, String remoteCidr)
    implements Comparable<AccessRule> {
  public boolean onePort() {
    return fromPort == toPort;
  }

  /// Whether both are about the same ports.
  public boolean samePorts(AccessRule other) {
    return transport.equals(other.transport)
        && fromPort == other.fromPort
        && toPort == other.toPort;
  }

  /// Whether it lets in all that the other one lets in at the same ports.
  public boolean includes(AccessRule other) {
    return samePorts(other)
        && Cidr.parse(remoteCidr)
            .flatMap(mine ->
                Cidr.parse(other.remoteCidr)
                    .map(theirs ->
                        mine.prefixLength() <= theirs.prefixLength()
                            && mine.contains(theirs.network())))
            .orElse(false);
  }

  @Override
  public int compareTo(AccessRule other) {
    return toString().compareTo(other.toString());
  }

  /// `tcp 30000-32767 from 10.0.0.0/24`.
  @Override
  public String toString() {
    return "%s %d-%d from %s".formatted(transport, fromPort, toPort, remoteCidr);
  }
}
