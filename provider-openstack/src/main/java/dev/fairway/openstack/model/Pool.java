// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.stream.Stream;

/// A pool of Octavia.
///
/// @param affinity kind of session persistence, as it came: SOURCE_IP, HTTP_COOKIE, ...
/// @param affinitySeconds how long it lasts, where that was said
/// @param members ordered by address and port; empty while they were not read
public record Pool(
    String id,
    String name,
    String protocol,
    String algorithm,
    Optional<String> affinity,
    OptionalInt affinitySeconds,
    Optional<Monitor> monitor,
    Optional<List<Member>> members,
    String provisioning,
    SortedSet<String> tags) {
  static final Comparator<Pool> BY_ID = Comparator.comparing(Pool::id);

  public Pool {
    members = members.map(all -> all.stream().sorted(Member.ORDER).toList());
  }

  /// Whether it, or a member of it, is.
  boolean beingMade() {
    return Stream.concat(
            Stream.of(provisioning),
            members.stream().flatMap(List::stream).map(Member::provisioning))
        .anyMatch("PENDING_CREATE"::equals);
  }

  /// Whether it is done, and clients that are sent to it come to a member, if it has any.
  boolean serving() {
    var all = members.orElse(List.of());
    return !provisioning.equals("PENDING_CREATE")
        && (all.isEmpty()
            || all.stream().anyMatch(one -> !one.provisioning().equals("PENDING_CREATE")));
  }

  public Pool withMembers(Optional<List<Member>> now) {
    return new Pool(
        id, name, protocol, algorithm, affinity, affinitySeconds, monitor, now, provisioning, tags);
  }

  public Pool withMonitor(Optional<Monitor> now) {
    return new Pool(
        id, name, protocol, algorithm, affinity, affinitySeconds, now, members, provisioning, tags);
  }

  public Pool withProvisioning(String now) {
    return new Pool(
        id, name, protocol, algorithm, affinity, affinitySeconds, monitor, members, now, tags);
  }

  Pool settled() {
    return new Pool(
        id,
        name,
        protocol,
        algorithm,
        affinity,
        affinitySeconds,
        monitor.map(Monitor::settled),
        members.map(all -> all.stream().map(Member::settled).toList()),
        provisioning.equals("ERROR") ? "ERROR" : "ACTIVE",
        tags);
  }

  /// A member of a pool. Address and port are what Octavia knows it by.
  ///
  /// @param weight 0 to 256; 0 for no new connections
  /// @param monitorPort where its health is asked for; empty for the port itself
  public record Member(
      String id,
      String name,
      String address,
      int port,
      Optional<String> subnet,
      OptionalInt monitorPort,
      int weight,
      String provisioning,
      String operating,
      SortedSet<String> tags) {
    /// By address, then port.
    public static final Comparator<Member> ORDER =
        Comparator.comparing(Member::address).thenComparingInt(Member::port);

    // Whether members answer is theirs to change, and nothing that anybody did.
    Member settled() {
      return new Member(
          "",
          name,
          address,
          port,
          subnet,
          monitorPort,
          weight,
          provisioning.equals("ERROR") ? "ERROR" : "ACTIVE",
          "",
          tags);
    }
  }

  /// A health monitor.
  ///
  /// @param httpPath only with HTTP and HTTPS
  public record Monitor(
      String id,
      String type,
      int delaySeconds,
      int timeoutSeconds,
      int maxRetries,
      int maxRetriesDown,
      Optional<String> httpPath,
      String provisioning) {
    Monitor settled() {
      return new Monitor(
          id,
          type,
          delaySeconds,
          timeoutSeconds,
          maxRetries,
          maxRetriesDown,
          httpPath,
          provisioning.equals("ERROR") ? "ERROR" : "ACTIVE");
    }
  }
}
