// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import dev.fairway.metal.pool.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/// Which VIPs of one interface are to be announced next, and when. Spreads many over time: a node
/// that takes a thousand VIPs should not make every host of the network drop frames.
///
/// At most [#PER_SECOND] frames leave an interface in any second. The first frame of each VIP goes
/// before the repetitions of all, and repetitions use only half of the second: so 200 VIPs that
/// arrive together are announced at once, their repetitions come at 100 a second, and VIPs that
/// arrive meanwhile do not wait for them. Not safe for use by several threads.
final class BurstQueue {

  static final int PER_SECOND = 200;
  static final int REPETITIONS_PER_SECOND = PER_SECOND / 2;

  /// The most frames that are taken at once, so that answers wait for no more than these.
  static final int BATCH = 32;

  /// One frame to send.
  ///
  /// @param number which of the burst, from 0
  record Round(Instant due, long order, IpAddress vip, Instant claimed, int number) {}

  private final PriorityQueue<Round> first = queue();
  private final PriorityQueue<Round> repeated = queue();

  /// The one round of each VIP that counts; others in the queues were overtaken and are skipped.
  private final Map<IpAddress, Round> pending = new HashMap<>();

  private final FrameBudget budget;
  private long added;

  /// @param budget what the interface has for [#PER_SECOND] frames; may be shared with others
  BurstQueue(FrameBudget budget) {
    this.budget = budget;
  }

  private static PriorityQueue<Round> queue() {
    return new PriorityQueue<>(Comparator.comparing(Round::due).thenComparingLong(Round::order));
  }

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
    (number == 0 ? first : repeated).add(round);
    pending.put(vip, round);
  }

  /// Takes what is to be sent now, at most [#BATCH].
  List<Round> take(Instant now) {
    List<Round> due = new ArrayList<>();
    take(first, budget.whole(), now, due);
    take(repeated, REPETITIONS_PER_SECOND, now, due);
    return due;
  }

  private void take(PriorityQueue<Round> rounds, int share, Instant now, List<Round> due) {
    for (Optional<Round> next = head(rounds);
        due.size() < BATCH && next.filter(round -> !time(round, share).isAfter(now)).isPresent();
        next = head(rounds)) {
      Round round = rounds.remove();
      pending.remove(round.vip());
      budget.spend(now);
      due.add(round);
      if (round.number() + 1 < GratuitousBurst.OFFSETS.size()) {
        schedule(round.vip(), round.claimed(), round.number() + 1);
      }
    }
  }

  /// When [#take] will have something, or empty if never. In the past if it has something now.
  Optional<Instant> next() {
    Optional<Instant> begin = head(first).map(round -> time(round, budget.whole()));
    Optional<Instant> repeat = head(repeated).map(round -> time(round, REPETITIONS_PER_SECOND));
    return begin.isPresent() && repeat.isPresent()
        ? begin.filter(time -> time.isBefore(repeat.get())).or(() -> repeat)
        : begin.or(() -> repeat);
  }

  private Instant time(Round round, int share) {
    Instant free = budget.free(share);
    return free.isAfter(round.due()) ? free : round.due();
  }

  private Optional<Round> head(PriorityQueue<Round> rounds) {
    while (!rounds.isEmpty() && !rounds.element().equals(pending.get(rounds.element().vip()))) {
      rounds.remove();
    }
    return Optional.ofNullable(rounds.peek());
  }
}
