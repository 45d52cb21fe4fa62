// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.pool.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/// Which VIPs of one interface are to be announced next, and when. Spreads many at once over time:
/// a node that takes a thousand VIPs should not make every host of the network drop frames. What is
/// due longer goes first, so every VIP is announced once before any is announced again. Not safe
/// for use by several threads.
final class BurstQueue {

  /// The most VIPs that are announced together, and the pause after them: with two frames each,
  /// 25,600 frames in a second.
  static final int BATCH = 64;

  static final Duration PAUSE = Duration.ofMillis(5);

  private record Round(Instant due, long order, IpAddress vip, Instant claimed, int number) {}

  private final PriorityQueue<Round> rounds =
      new PriorityQueue<>(Comparator.comparing(Round::due).thenComparingLong(Round::order));

  /// The one round of each VIP that counts; others in the queue were overtaken and are skipped.
  private final Map<IpAddress, Round> pending = new HashMap<>();

  private Instant notBefore = Instant.MIN;
  private long added;

  /// Begins the burst of a VIP, or begins it again.
  void begin(IpAddress vip, Instant now) {
    schedule(vip, now, 0);
  }

  /// Ends the burst of a VIP, if there is one.
  void end(IpAddress vip) {
    pending.remove(vip);
  }

  private void schedule(IpAddress vip, Instant claimed, int number) {
    Instant due = claimed.plus(GratuitousBurst.OFFSETS.get(number));
    Round round = new Round(due, added++, vip, claimed, number);
    rounds.add(round);
    pending.put(vip, round);
  }

  /// Takes the VIPs that are to be announced now, at most [#BATCH].
  List<IpAddress> take(Instant now) {
    List<IpAddress> due = new ArrayList<>();
    if (now.isBefore(notBefore)) {
      return due;
    }
    for (Optional<Round> next = first();
        due.size() < BATCH && next.isPresent() && !next.get().due().isAfter(now);
        next = first()) {
      Round round = next.get();
      rounds.remove();
      pending.remove(round.vip());
      due.add(round.vip());
      if (round.number() + 1 < GratuitousBurst.OFFSETS.size()) {
        schedule(round.vip(), round.claimed(), round.number() + 1);
      }
    }
    if (due.size() == BATCH) {
      notBefore = now.plus(PAUSE);
    }
    return due;
  }

  /// When [#take] will have something, or empty if never.
  Optional<Instant> next() {
    return first().map(round -> round.due().isBefore(notBefore) ? notBefore : round.due());
  }

  private Optional<Round> first() {
    while (!rounds.isEmpty() && !rounds.element().equals(pending.get(rounds.element().vip()))) {
      rounds.remove();
    }
    return Optional.ofNullable(rounds.peek());
  }
}
