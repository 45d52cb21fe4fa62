// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// A listener that should be, and the target group behind it.
///
/// @param port 1 to 65535, unique within a load balancer: ELBv2 allows one listener a port
/// @param services `namespace/name` of the Services it serves
/// @param tls present with protocol TLS, and only then
/// @param attributes those of the listener that were asked for
/// @param sources CIDRs of the clients that may connect, as EC2 writes them; empty only where only
///   clients of prefix lists may
/// @param prefixLists ids of prefix lists of clients that may connect too
public record ListenerSpec(
    int port,
    ListenerProtocol protocol,
    List<String> services,
    Optional<Tls> tls,
    SortedMap<String, String> attributes,
    List<String> sources,
    List<String> prefixLists,
    GroupSpec group) {
  public ListenerSpec {
    services = List.copyOf(services);
    sources = List.copyOf(sources);
    prefixLists = List.copyOf(prefixLists);
  }

  /// `TCP/80`: stands in the tag `fairway.dev/resource` of its target group.
  public String id() {
    return protocol + "/" + port;
  }
}
