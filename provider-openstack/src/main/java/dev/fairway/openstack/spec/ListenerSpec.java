// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// A listener that should be, and the pool behind it.
///
/// @param part `TCP/80`: the frontend's id, unique within a group; stands in tags
/// @param protocol as Octavia calls it: TCP, UDP, SCTP, HTTP, TERMINATED_HTTPS
/// @param port 1 to 65535
/// @param connectionLimit -1 for none
/// @param allowedCidrs canonical, sorted; empty for all, or where the provider cannot tell clients
///   apart and the user agreed to that
/// @param sourceRanges what was asked for, canonical, sorted; empty for all. A load balancer that
///   is not of the provider that was asked for may enforce them where that cannot, or the other way
/// @param timeouts empty where the provider has none
/// @param insertHeaders `X-Forwarded-For` and the like
/// @param tlsContainer reference of the certificate's container, with TERMINATED_HTTPS only
/// @param tags those that users asked for, besides ours
public record ListenerSpec(
    String part,
    String protocol,
    int port,
    int connectionLimit,
    List<String> allowedCidrs,
    List<String> sourceRanges,
    Optional<Timeouts> timeouts,
    SortedMap<String, String> insertHeaders,
    Optional<String> tlsContainer,
    SortedSet<String> tags,
    PoolSpec pool) {
  public ListenerSpec {
    allowedCidrs = List.copyOf(allowedCidrs);
    sourceRanges = List.copyOf(sourceRanges);
  }

  /// The same for a load balancer that lets in only these clients itself.
  public ListenerSpec allowing(List<String> cidrs) {
    return with(cidrs, tags, pool);
  }

  /// The same with other tags, and another pool.
  public ListenerSpec with(SortedSet<String> otherTags, PoolSpec otherPool) {
    return with(allowedCidrs, otherTags, otherPool);
  }

  private ListenerSpec with(List<String> cidrs, SortedSet<String> otherTags, PoolSpec otherPool) {
    return new ListenerSpec(
        part,
        protocol,
        port,
        connectionLimit,
        cidrs,
        sourceRanges,
        timeouts,
        insertHeaders,
        tlsContainer,
        otherTags,
        otherPool);
  }

  /// All in ms.
  public record Timeouts(
      int clientDataMillis, int memberConnectMillis, int memberDataMillis, int tcpInspectMillis) {}

  /// @param protocol TCP, UDP, SCTP, HTTP, PROXY, PROXYV2
  /// @param algorithm ROUND_ROBIN, LEAST_CONNECTIONS, SOURCE_IP, SOURCE_IP_PORT
  /// @param affinity whether a client stays with a member (SOURCE_IP persistence)
  /// @param affinitySeconds how long, where the protocol can be told (UDP, SCTP)
  /// @param members ordered by address, each address and port once
  public record PoolSpec(
      String protocol,
      String algorithm,
      boolean affinity,
      OptionalInt affinitySeconds,
      List<MemberSpec> members,
      Optional<MonitorSpec> monitor,
      SortedSet<String> tags) {
    public PoolSpec {
      members = List.copyOf(members);
    }

    /// Its `session_persistence`, if it has any.
    public Optional<Map<String, Object>> persistence() {
      return affinity ? Optional.of(persistence("SOURCE_IP", affinitySeconds)) : Optional.empty();
    }

    /// A `session_persistence` as it stands in requests.
    ///
    /// @param seconds how long it lasts, where that can be said
    public static Map<String, Object> persistence(String type, OptionalInt seconds) {
      var persistence = new TreeMap<String, Object>();
      persistence.put("type", type);
      seconds.ifPresent(value -> persistence.put("persistence_timeout", value));
      return persistence;
    }
  }

  /// A node that takes the traffic. Address and port are what Octavia knows it by.
  ///
  /// @param name of the node
  /// @param port the node port, 1 to 65535
  /// @param subnet id of the subnet in which the address is
  /// @param monitorPort where its health is asked for; empty for the port itself
  /// @param draining whether it leaves: no new connections (weight 0)
  public record MemberSpec(
      String name,
      String address,
      int port,
      Optional<String> subnet,
      OptionalInt monitorPort,
      boolean draining) {}

  /// @param type TCP, UDP-CONNECT, HTTP, ...
  /// @param maxRetries 1 to 10: so many good answers and a member is healthy
  /// @param maxRetriesDown 1 to 10: so many bad ones and it is not
  /// @param httpPath asked for by GET, with type HTTP only; 200 is healthy
  public record MonitorSpec(
      String type,
      int delaySeconds,
      int timeoutSeconds,
      int maxRetries,
      int maxRetriesDown,
      Optional<String> httpPath) {}
}
