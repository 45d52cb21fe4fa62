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
  private final String name;
  private final Set<Long> retired = new HashSet<>();
  private Optional<Instant> heard = Optional.empty();
  private Optional<Instant> served = Optional.empty();
  private long incarnation;
  private long lastSequence;
  private long sent;
  private Standing standing = Standing.SERVING;
  private int refreshed;
  private Instant nextBeat = Instant.MIN;

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
        ? envelope.sequence() > lastSequence
        : !retired.contains(envelope.incarnation());
  }

  /// It answers to this incarnation of ours, so it is no recording. Returns whether it is another
  /// process than before.
  boolean hears(Envelope envelope, Instant at) {
    var another = isAnother(envelope);
    lastSequence = envelope.sequence();
    heard = Optional.of(at);
    return another;
  }

  private boolean isAnother(Envelope envelope) {
    if (envelope.incarnation() == incarnation) {
      return false;
    }
    if (incarnation != 0) {
      retired.add(incarnation);
    }
    incarnation = envelope.incarnation();
    lastSequence = 0;
    standing = Standing.SERVING;
    return true;
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

  /// Where the next piece of what it is told again and again begins.
  int refreshFrom(int size, int step) {
    var from = size == 0 ? 0 : refreshed % size;
    refreshed = from + step;
    return from;
  }
}
