// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.failover;

import dev.fairway.metal.failover.Envelope.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// What is known of another speaker.
final class Peer {
  private static final int WINDOW = 64;

  private final String name;
  private final Set<Long> retired = new HashSet<>();
  private Optional<Instant> heard = Optional.empty();
  private Optional<Instant> served = Optional.empty();
  private long incarnation;
  private long lastSequence;
  private long before; // one bit for each of those before the last that was seen
  private long sent;
  private Standing standing = Standing.SERVING;
  private int refreshed;
  private Instant nextBeat = Instant.MIN;
  private Instant nextCall = Instant.MIN;
  private Optional<Instant> calledSince = Optional.empty();

  Peer(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /// Its incarnation, 0 while that is unknown.
  long incarnation() {
    return incarnation;
  }

  long nextSequence() {
    return ++sent;
  }

  /// Whether this is news from the process that runs there now, or from a newer one.
  boolean isNews(Envelope envelope) {
    return envelope.incarnation() == incarnation
        ? isNew(envelope.sequence())
        : !retired.contains(envelope.incarnation());
  }

  // Messages may overtake each other, but none counts twice.
  private boolean isNew(long sequence) {
    var behind = lastSequence - sequence;
    return behind < 0 || (behind > 0 && behind <= WINDOW && (before >>> (behind - 1) & 1) == 0);
  }

  private void remember(long sequence) {
    var ahead = sequence - lastSequence;
    if (ahead > 0) {
      before = ahead > WINDOW ? 0 : (ahead == WINDOW ? 0 : before << ahead) | 1L << (ahead - 1);
      lastSequence = sequence;
    } else {
      before |= 1L << (-ahead - 1);
    }
  }

  /// It answers to this incarnation of ours, so it is no recording. Returns whether it is another
  /// process than before.
  boolean hears(Envelope envelope, Instant at) {
    var restarted = isRestarted(envelope);
    remember(envelope.sequence());
    heard = Optional.of(at);
    calledSince = Optional.empty();
    return restarted;
  }

  private boolean isRestarted(Envelope envelope) {
    if (envelope.incarnation() == incarnation) {
      return false;
    }
    if (incarnation != 0) {
      retired.add(incarnation);
    }
    var known = incarnation != 0;
    incarnation = envelope.incarnation();
    lastSequence = 0;
    before = 0;
    standing = Standing.SERVING;
    return known;
  }

  /// Returns whether that is different from before.
  boolean stands(Standing now, Instant at) {
    var different = standing != now;
    standing = now;
    if (now == Standing.SERVING) {
      served = Optional.of(at);
    }
    return different;
  }

  Standing standing() {
    return standing;
  }

  /// When it was heard last that it does its part.
  Optional<Instant> lastServed() {
    return served;
  }

  Optional<Instant> lastHeard() {
    return heard;
  }

  boolean isHeard(Instant at, Duration silence) {
    return heard.filter(last -> last.plus(silence).isAfter(at)).isPresent();
  }

  /// We did not listen: its time begins anew.
  void excuse(Instant at) {
    heard = heard.map(_ -> at);
    served = served.map(_ -> at);
  }

  Instant nextBeat() {
    return nextBeat;
  }

  void nextBeat(Instant at) {
    nextBeat = at;
  }

  /// When it is called next, if it is not heard.
  Instant nextCall() {
    return nextCall;
  }

  void called(Instant at, Duration pause) {
    nextCall = at.plus(pause);
    calledSince = Optional.of(calledSince.orElse(at));
  }

  /// Whether it was called already then, and not heard since.
  boolean isCalledSince(Instant then) {
    return calledSince.filter(first -> !first.isAfter(then)).isPresent();
  }

  /// Where the next piece of what it is told again and again begins.
  int refreshFrom(int size, int step) {
    var from = size == 0 ? 0 : refreshed % size;
    refreshed = from + Math.min(step, size);
    return from;
  }
}
