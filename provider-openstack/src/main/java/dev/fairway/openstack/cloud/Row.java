// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.Graph;
import dev.fairway.openstack.model.Listener;
import dev.fairway.openstack.model.Pool;
import java.time.Instant;
import java.util.Optional;

/// What is remembered of one load balancer.
///
/// @param updatedAt Octavia's word for when it was changed last. Whatever is changed on a load
///   balancer changes it too, so that while it stays the same, what is on it does
/// @param ours whether the change that Octavia is at work on is ours: then the next `updatedAt` is
///   no news
/// @param written the stamp of our last write
record Row(
    Balancer balancer,
    String updatedAt,
    boolean ours,
    long written,
    Optional<Instant> pendingSince) {

  String id() {
    return balancer.id();
  }

  /// With what was read of what is on it.
  Row with(Graph graph, Instant at) {
    var now = balancer.withGraph(Optional.of(graph));
    return new Row(now, updatedAt, ours, written, since(now, at));
  }

  /// What is on it has to be read again.
  Row unread() {
    return new Row(balancer.withGraph(Optional.empty()), updatedAt, ours, written, pendingSince);
  }

  private Optional<Instant> since(Balancer now, Instant at) {
    return now.pending() || now.unfinished()
        ? pendingSince.or(() -> Optional.of(at))
        : Optional.empty();
  }

  /// After a write of ours.
  static Row written(Optional<Row> old, Balancer now, long stamp, Instant at) {
    return new Row(
        now,
        old.map(Row::updatedAt).orElse(""),
        true,
        stamp,
        now.pending()
            ? old.flatMap(Row::pendingSince).or(() -> Optional.of(at))
            : Optional.empty());
  }

  /// At work on a change that is not ours.
  Row pendingForOthers(long stamp, Instant at) {
    var now =
        balancer.pending() ? balancer : balancer.withStatus("PENDING_UPDATE", balancer.operating());
    return new Row(now, updatedAt, false, stamp, pendingSince.or(() -> Optional.of(at)));
  }

  /// With what a list has of it.
  static Row refreshed(Optional<Row> old, Inventory.Listed listed, Instant at) {
    if (old.isEmpty()) {
      var pending = listed.balancer().pending();
      return new Row(
          listed.balancer(),
          listed.updatedAt(),
          false,
          0,
          pending ? Optional.of(at) : Optional.empty());
    }
    var before = old.get();
    var now = listed.balancer();
    return new Row(
            now.withGraph(before.balancer.graph()),
            before.updatedAt,
            before.ours,
            before.written,
            before.pendingSince)
        .at(
            new Inventory.Status(now.id(), now.provisioning(), now.operating(), listed.updatedAt()),
            at);
  }

  /// With what Octavia says it is doing to it.
  Row at(Inventory.Status status, Instant at) {
    var now = balancer.withStatus(status.provisioning(), status.operating());
    if (now.pending()) {
      // Somebody else's change, if it is not ours: what is on it is read when that is done.
      return new Row(now, updatedAt, ours, written, pendingSince.or(() -> Optional.of(at)));
    }
    var known = ours || status.updatedAt().equals(updatedAt);
    var graph =
        known ? now.graph().map(some -> isDone(now) ? done(some) : some) : Optional.<Graph>empty();
    var next = now.withGraph(graph);
    return new Row(next, status.updatedAt(), false, written, since(next, at));
  }

  private static boolean isDone(Balancer balancer) {
    return balancer.active() && !balancer.unfinished();
  }

  // Octavia is done with the load balancer only when it is done with all that is on it.
  private static Graph done(Graph graph) {
    return graph.with(Row::done, Row::done);
  }

  private static Listener done(Listener listener) {
    return listener.provisioning().startsWith("PENDING_")
        ? listener.withProvisioning("ACTIVE")
        : listener;
  }

  private static Pool done(Pool pool) {
    return pool.provisioning().startsWith("PENDING_") ? pool.withProvisioning("ACTIVE") : pool;
  }

  /// Whether others see no difference.
  boolean looksLike(Row other) {
    return balancer.equals(other.balancer);
  }
}
