// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import dev.fairway.openstack.spec.Half;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A load balancer of Octavia. Texts whose values Octavia may add to are kept as they came.
///
/// @param owned whether it is the cluster's and this group's, by its tags; otherwise only some
///   listeners on it are
/// @param half which of the load balancers of the group it is
/// @param provisioning what Octavia is doing to it: ACTIVE, ERROR, PENDING_CREATE, ...
/// @param operating how it is: ONLINE, DEGRADED, OFFLINE, ERROR, NO_MONITOR, ...
/// @param vip where clients reach it, unless they do by a floating IP
/// @param graph what is on it; empty while that was not read
/// @param listened whether a listener was taken off it that clients used, and another one follows
public record Balancer(
    String id,
    String name,
    boolean owned,
    Half half,
    String provisioning,
    String operating,
    String provider,
    Optional<String> flavor,
    Optional<String> availabilityZone,
    Vip vip,
    List<Vip> additionalVips,
    SortedSet<String> tags,
    Optional<Graph> graph,
    boolean listened) {
  public Balancer {
    additionalVips = List.copyOf(additionalVips);
  }

  /// An address of a load balancer. Those besides the first have no port of their own here.
  ///
  /// @param port id of the port, or empty text
  public record Vip(String address, String port, String subnet, String network) {}

  /// Whether Octavia is at work on it, and refuses changes until it is done.
  public boolean pending() {
    return provisioning.startsWith("PENDING_");
  }

  public boolean active() {
    return provisioning.equals("ACTIVE");
  }

  public boolean broken() {
    return provisioning.equals("ERROR");
  }

  public boolean beingMade() {
    return provisioning.equals("PENDING_CREATE");
  }

  public boolean goingAway() {
    return provisioning.equals("PENDING_DELETE") || provisioning.equals("DELETED");
  }

  /// Those that are known.
  public Set<String> memberAddresses() {
    return graph.stream()
        .flatMap(some -> some.pools().stream())
        .flatMap(pool -> pool.members().stream().flatMap(List::stream))
        .map(Pool.Member::address)
        .collect(Collectors.toSet());
  }

  /// Whether clients that connect to it may be served.
  public boolean serving() {
    return !beingMade()
        && !goingAway()
        && (!broken() || worked())
        && (listened || graph.map(Graph::listens).orElse(true))
        && (!unfinished() || graph.filter(Graph::anyDone).isPresent());
  }

  /// Whether it was ever done: what is on one whose making failed stays as it was begun.
  public boolean worked() {
    return active() || listened || graph.filter(Graph::listens).isPresent();
  }

  /// Whether everything that is needed for planning is known.
  public boolean read() {
    return graph.map(Graph::read).orElse(false);
  }

  /// Whether it says that it is done, though what is on it is not: what of that is known has to be
  /// read again.
  public boolean unfinished() {
    return active()
        && !Abilities.activeMeansDone(provider)
        && graph.filter(Graph::beingMade).isPresent();
  }

  public Balancer withGraph(Optional<Graph> now) {
    return with(owned, half, provisioning, operating, tags, now, listened);
  }

  public Balancer withStatus(String provisioningNow, String operatingNow) {
    return with(owned, half, provisioningNow, operatingNow, tags, graph, listened);
  }

  public Balancer withTags(SortedSet<String> now) {
    return with(owned, half, provisioning, operating, new TreeSet<>(now), graph, listened);
  }

  /// The same with what was known of it before, which a list does not tell.
  public Balancer withMemoryOf(Balancer before) {
    return with(owned, half, provisioning, operating, tags, before.graph(), before.listened());
  }

  /// The same when a listener is about to be taken off it, and another one follows.
  public Balancer replacing(String listener) {
    var used =
        graph.flatMap(all -> all.listener(listener)).filter(one -> !one.beingMade()).isPresent();
    return with(owned, half, provisioning, operating, tags, graph, listened || used);
  }

  /// The same when its listeners are as far as they will get: one that clients use may have
  /// followed.
  public Balancer followed() {
    var listens = graph.filter(Graph::listens).isPresent();
    return with(owned, half, provisioning, operating, tags, graph, listened && !listens);
  }

  /// The same as it belongs to a group.
  public Balancer as(boolean ours, Half which) {
    return with(ours, which, provisioning, operating, tags, graph, listened);
  }

  private Balancer with(
      boolean ours,
      Half which,
      String provisioningNow,
      String operatingNow,
      SortedSet<String> tagsNow,
      Optional<Graph> graphNow,
      boolean listenedNow) {
    return new Balancer(
        id,
        name,
        ours,
        which,
        provisioningNow,
        operatingNow,
        provider,
        flavor,
        availabilityZone,
        vip,
        additionalVips,
        tagsNow,
        graphNow,
        listenedNow);
  }

  /// What of it counts when two views are compared: what Octavia is doing to it does not, as long
  /// as it does its work.
  Balancer settled() {
    return with(
        owned, half, broken() ? "ERROR" : "ACTIVE", "", tags, graph.map(Graph::settled), false);
  }
}
