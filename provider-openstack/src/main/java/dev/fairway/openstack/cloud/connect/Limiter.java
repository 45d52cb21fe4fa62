// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A token bucket with a line of those who wait, the more urgent lanes first. Who would wait too
/// long is turned away at once. Thread-safe; made to be waited in by virtual threads.
final class Limiter {
  private static final double NANOS = 1e9;
  private static final Duration SOONEST_RETRY = Duration.ofSeconds(1);

  private final String name;
  private final double perSecond;
  private final double burst;
  private final Duration patience;
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeSet<Ticket> line =
      new TreeSet<>(Comparator.comparing(Ticket::lane).thenComparingLong(Ticket::number));
  private final Map<Ticket, Condition> wakers = new HashMap<>();
  private double tokens;
  private long seen;
  private long restsUntil;
  private long last;
  // Beside the lock, for those who only look.
  private volatile int waiting;

  private record Ticket(Lane lane, long number) {}

  /// @param name of what is called, in messages
  /// @param patience how long a call waits for its turn at most
  Limiter(String name, double perSecond, int burst, Duration patience, Ticker ticker) {
    this.name = name;
    this.perSecond = perSecond;
    this.burst = burst;
    this.patience = patience;
    this.ticker = ticker;
    this.tokens = burst;
    this.seen = ticker.nanos();
    this.restsUntil = this.seen;
  }

  /// Waits for the caller's turn.
  ///
  /// @return how long it took
  /// @throws CloudException.Throttled when the turn would not come within the patience
  /// @throws CloudException.Unavailable when the thread is interrupted; it stays so
  Duration pass(Lane lane) {
    lock.lock();
    try {
      var start = ticker.nanos();
      var ticket = new Ticket(lane, ++last);
      line.add(ticket);
      waiting = line.size();
      try {
        await(ticket, start + patience.toNanos());
      } finally {
        line.remove(ticket);
        wakers.remove(ticket);
        waiting = line.size();
        wakeFirst();
      }
      return Duration.ofNanos(ticker.nanos() - start);
    } finally {
      lock.unlock();
    }
  }

  /// The other side wants nothing for this time.
  void rest(Duration time) {
    lock.lock();
    try {
      refill();
      tokens = Math.min(tokens, 1);
      restsUntil = Math.max(restsUntil, seen + time.toNanos());
    } finally {
      lock.unlock();
    }
  }

  /// How many wait.
  int waiting() {
    return waiting;
  }

  private void await(Ticket ticket, long deadline) {
    while (true) {
      refill();
      var isFirst = line.first().equals(ticket);
      if (isFirst && tokens >= 1 && seen >= restsUntil) {
        tokens--;
        return;
      }
      var untilTurn = nanosUntil(line.headSet(ticket, true).size());
      if (untilTurn > deadline - seen) {
        throw tooLong(ticket.lane(), Duration.ofNanos(untilTurn));
      }
      // Only the first watches the time; who follows is woken when it has gone.
      sleep(ticket, isFirst ? untilTurn : deadline - seen);
    }
  }

  private void sleep(Ticket ticket, long nanos) {
    try {
      ticker.await(wakers.computeIfAbsent(ticket, _ -> lock.newCondition()), Math.max(1, nanos));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CloudException.Unavailable("the call was given up while it waited its turn", null);
    }
  }

  private void wakeFirst() {
    if (!line.isEmpty()) {
      var waker = wakers.get(line.first());
      if (waker != null) {
        waker.signal();
      }
    }
  }

  private long nanosUntil(int place) {
    var untilTokens = Math.max(0, (long) Math.ceil((place - tokens) / perSecond * NANOS));
    return Math.max(untilTokens, restsUntil - seen);
  }

  private void refill() {
    var now = ticker.nanos();
    tokens = Math.min(burst, tokens + (now - seen) / NANOS * perSecond);
    seen = now;
  }

  private CloudException tooLong(Lane lane, Duration untilTurn) {
    return new CloudException.Throttled(
        "calls to %s wait for more than %d s; %s was not called"
            .formatted(name, patience.toSeconds(), lane),
        untilTurn.compareTo(SOONEST_RETRY) < 0 ? SOONEST_RETRY : untilTurn,
        null);
  }
}
