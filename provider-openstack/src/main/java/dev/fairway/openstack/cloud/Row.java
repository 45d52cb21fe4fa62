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
/// @param again whether what is on it was read before the second that `updatedAt` tells was over:
///   what somebody did in the rest of it has left no trace, and is seen only when that is read
///   again. A change of ours alone is no reason to: nodes come and go for all load balancers at
///   once
record Row(
    Balancer balancer,
    String updatedAt,
    boolean ours,
    long written,
    Optional<Instant> pendingSince,
    boolean again) {

  String id() {
    return balancer.id();
  }

  /// What is on it has to be read again.
  Row unread() {
    return new Row(
        balancer.withGraph(Optional.empty()), updatedAt, ours, written, pendingSince, again);
  }

  /// With what was read of what is on it. Where some of that was known, it was members only.
  ///
  /// @param asked when that was asked for
  Row read(Graph graph, Instant asked) {
    return with(graph, asked, (again && balancer.graph().isPresent()) || !over(asked));
  }

  /// With all of it, whatever was known.
  Row readWhole(Graph graph, Instant asked) {
    return with(graph, asked, !over(asked));
  }

  /// With what was read of it once more. What changes every second is not read every time.
  Row readAgain(Graph graph, Instant asked) {
    return with(graph, asked, false);
  }

  private Row with(Graph graph, Instant asked, boolean toRead) {
    var now = balancer.withGraph(Optional.of(graph)).followed();
    return new Row(now, updatedAt, ours, written, since(now, asked), toRead);
  }

  private Optional<Instant> since(Balancer now, Instant at) {
    return now.pending() || now.unfinished()
        ? pendingSince.or(() -> Optional.of(at))
        : Optional.empty();
  }

  /// Whether the second of its last change is over, by our own clock: where that goes behind
  /// Octavia's, more is read again than must be, and where it goes before, less.
  boolean over(Instant now) {
    return Seconds.over(updatedAt, now);
  }

  /// After a write of ours.
  static Row written(Optional<Row> old, Balancer now, long stamp, Instant at) {
    return new Row(
        now,
        old.map(Row::updatedAt).orElse(""),
        true,
        stamp,
        now.pending() ? old.flatMap(Row::pendingSince).or(() -> Optional.of(at)) : Optional.empty(),
        old.map(Row::again).orElse(false));
  }

  /// At work on a change that is not ours.
  Row pendingForOthers(long stamp, Instant at) {
    var now =
        balancer.pending() ? balancer : balancer.withStatus("PENDING_UPDATE", balancer.operating());
    return new Row(now, updatedAt, false, stamp, pendingSince.or(() -> Optional.of(at)), again);
  }

  /// With what a list has of it.
  ///
  /// @param at when the list was asked for
  static Row refreshed(Optional<Row> old, Inventory.Listed listed, Instant at) {
    if (old.isEmpty()) {
      var pending = listed.balancer().pending();
      return new Row(
          listed.balancer(),
          listed.updatedAt(),
          false,
          0,
          pending ? Optional.of(at) : Optional.empty(),
          false);
    }
    var before = old.get();
    var now = listed.balancer();
    return new Row(
            now.withMemoryOf(before.balancer),
            before.updatedAt,
            before.ours,
            before.written,
            before.pendingSince,
            before.again)
        .at(
            new Inventory.Status(now.id(), now.provisioning(), now.operating(), listed.updatedAt()),
            at);
  }

  /// With what Octavia says it is doing to it.
  ///
  /// @param at when it was asked
  Row at(Inventory.Status status, Instant at) {
    var now = balancer.withStatus(status.provisioning(), status.operating());
    if (now.pending()) {
      // Somebody else's change, if it is not ours: what is on it is read when that is done.
      return new Row(now, updatedAt, ours, written, pendingSince.or(() -> Optional.of(at)), again);
    }
    var known = ours || status.updatedAt().equals(updatedAt);
    var graph =
        known ? now.graph().map(some -> isDone(now) ? done(some) : some) : Optional.<Graph>empty();
    var next = now.withGraph(graph).followed();
    return new Row(next, status.updatedAt(), false, written, since(next, at), known && again);
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
