// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Those who wait for tokens of one bucket: by lane, then first come, first served. Not
/// thread-safe; time is passed in.
final class Line {
  private static final Comparator<Ticket> ORDER =
      Comparator.comparing(Ticket::lane).thenComparingLong(Ticket::number);
  // The audit leaves this share of a full bucket to calls that somebody waits for.
  private static final double LEFT_BY_AUDIT = 0.25;
  private static final long NEVER = Long.MAX_VALUE;

  private final Bucket bucket;
  private final Optional<Bucket> audit;
  private final TreeSet<Ticket> waiting = new TreeSet<>(ORDER);
  private long last;

  /// @param number grows with each one who comes
  record Ticket(Lane lane, long number) {}

  /// @param audit what [Lane#AUDIT] may take beside the bucket; empty for nothing
  Line(Bucket bucket, Optional<Bucket> audit) {
    this.bucket = bucket;
    this.audit = audit;
  }

  Ticket join(Lane lane) {
    var ticket = new Ticket(lane, ++last);
    waiting.add(ticket);
    return ticket;
  }

  void leave(Ticket ticket) {
    waiting.remove(ticket);
  }

  boolean waits(Ticket ticket) {
    return waiting.contains(ticket);
  }

  int length() {
    return waiting.size();
  }

  /// Lets through as many as there are tokens for; they wait no longer.
  List<Ticket> admit(long now) {
    var admitted = new ArrayList<Ticket>();
    while (!waiting.isEmpty() && takeFor(waiting.first().lane(), now)) {
      admitted.add(waiting.removeFirst());
    }
    return admitted;
  }

  /// Who is next.
  Optional<Ticket> head() {
    return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first());
  }

  /// Nanoseconds until the ticket's turn, if nobody more urgent comes; a very large number for
  /// never.
  long nanosUntil(Ticket ticket, long now) {
    var place = waiting.headSet(ticket, true).size();
    return switch (ticket.lane()) {
      case DEAD_TARGETS, NEW_SERVICE, CHANGE, REPAIR -> bucket.nanosUntil(place, now);
      case AUDIT -> {
        var before = waiting.headSet(new Ticket(Lane.AUDIT, 0)).size();
        yield audit
            .map(share ->
                Math.max(
                    bucket.nanosUntil(place + reserve(), now),
                    share.nanosUntil(place - before, now)))
            .orElse(NEVER);
      }
    };
  }

  private boolean takeFor(Lane lane, long now) {
    return switch (lane) {
      case DEAD_TARGETS, NEW_SERVICE, CHANGE, REPAIR -> bucket.take(0, now);
      case AUDIT ->
          audit
              .filter(share -> share.tokens(now) >= 1 && bucket.take(reserve(), now))
              .map(share -> share.take(0, now))
              .orElse(false);
    };
  }

  private double reserve() {
    return LEFT_BY_AUDIT * bucket.capacity();
  }
}
