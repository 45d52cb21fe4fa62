// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import dev.fairway.openstack.spec.ListenerSpec.Timeouts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/// A listener of Octavia.
///
/// @param protocol as it came: TCP, UDP, SCTP, HTTP, HTTPS, TERMINATED_HTTPS, PROMETHEUS, ...
/// @param allowedCidrs sorted; empty for all
/// @param defaultPool id of the pool behind it
public record Listener(
    String id,
    String name,
    String protocol,
    int port,
    int connectionLimit,
    List<String> allowedCidrs,
    Timeouts timeouts,
    SortedMap<String, String> insertHeaders,
    Optional<String> tlsContainer,
    Optional<String> defaultPool,
    String provisioning,
    SortedSet<String> tags) {
  static final Comparator<Listener> BY_ID = Comparator.comparing(Listener::id);

  public Listener {
    allowedCidrs = List.copyOf(allowedCidrs);
  }

  /// What it carries below its protocol: `TCP`, `UDP` or `SCTP`. No two listeners of a load
  /// balancer have the same port on the same transport.
  public String transport() {
    return transport(protocol);
  }

  /// The transport of a listener's protocol.
  public static String transport(String protocol) {
    return protocol.equals("UDP") || protocol.equals("SCTP") ? protocol : "TCP";
  }

  boolean beingMade() {
    return provisioning.equals("PENDING_CREATE");
  }

  public Listener withProvisioning(String now) {
    return new Listener(
        id,
        name,
        protocol,
        port,
        connectionLimit,
        allowedCidrs,
        timeouts,
        insertHeaders,
        tlsContainer,
        defaultPool,
        now,
        tags);
  }

  Listener settled() {
    return withProvisioning(provisioning.equals("ERROR") ? "ERROR" : "ACTIVE");
  }
}
