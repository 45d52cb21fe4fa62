// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Holds the calls of one class back until AWS would take them, the more urgent lanes first.
/// Thread-safe; made to be waited in by virtual threads.
final class Limiter {
  private static final Duration SOONEST_RETRY = Duration.ofSeconds(1);
  private static final Duration LATEST_RETRY = Duration.ofSeconds(60);

  private final ThrottleClass throttleClass;
  private final Duration patience;
  private final Ticker ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Bucket bucket;
  private final Line line;
  private final Map<Line.Ticket, Condition> wakers = new HashMap<>();
  // Beside the lock, for those who only look.
  private volatile double rate;
  private volatile int waiting;

  Limiter(ThrottleClass throttleClass, Limits limits, Ticker ticker) {
    this.throttleClass = throttleClass;
    this.patience = limits.patience();
    this.ticker = ticker;
    this.bucket = Bucket.learning(limits.of(throttleClass), limits, ticker.nanos());
    this.line = new Line(bucket, auditShare(limits.auditPerSecond(), ticker.nanos()));
    this.rate = bucket.rate();
  }

  private static Optional<Bucket> auditShare(double perSecond, long now) {
    return perSecond > 0
        ? Optional.of(Bucket.fixed(new Limit((int) Math.ceil(perSecond), perSecond), now))
        : Optional.empty();
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
      var ticket = line.join(lane);
      try {
        await(ticket, start);
      } finally {
        line.leave(ticket);
        wakers.remove(ticket);
        wakeNext();
        look();
      }
      return Duration.ofNanos(ticker.nanos() - start);
    } finally {
      lock.unlock();
    }
  }

  /// AWS objected to a call.
  ///
  /// @return when it makes sense to come again
  Duration throttled() {
    lock.lock();
    try {
      var now = ticker.nanos();
      bucket.throttled(now);
      look();
      return retryAfter(bucket.nanosUntil(line.length() + 1, now));
    } finally {
      lock.unlock();
    }
  }

  /// Calls a second that are let through at present.
  double rate() {
    return rate;
  }

  /// How many wait.
  int waiting() {
    return waiting;
  }

  private void await(Line.Ticket ticket, long start) {
    var deadline = start + patience.toNanos();
    look();
    while (true) {
      var now = ticker.nanos();
      line.admit(now).forEach(this::wake);
      if (!line.waits(ticket)) {
        return;
      }
      var untilTurn = line.nanosUntil(ticket, now);
      if (untilTurn > deadline - now) {
        throw tooLong(ticket, untilTurn);
      }
      var isNext = line.head().filter(ticket::equals).isPresent();
      sleep(ticket, isNext ? untilTurn : deadline - now);
    }
  }

  private void sleep(Line.Ticket ticket, long nanos) {
    try {
      ticker.await(wakers.computeIfAbsent(ticket, _ -> lock.newCondition()), Math.max(1, nanos));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CloudException.Unavailable("the call was given up while it waited its turn", null);
    }
  }

  private CloudException tooLong(Line.Ticket ticket, long untilTurn) {
    return new CloudException.Throttled(
        "%s calls wait for more than %d s; %s was not called"
            .formatted(throttleClass, patience.toSeconds(), ticket.lane()),
        retryAfter(untilTurn),
        null);
  }

  /// Only the next in the line watches the time; so it must learn that it is the next.
  private void wakeNext() {
    line.head().ifPresent(this::wake);
  }

  private void wake(Line.Ticket ticket) {
    var waker = wakers.get(ticket);
    if (waker != null) {
      waker.signal();
    }
  }

  private void look() {
    rate = bucket.rate();
    waiting = line.length();
  }

  private static Duration retryAfter(long nanos) {
    var wait = Duration.ofNanos(nanos);
    if (wait.compareTo(SOONEST_RETRY) < 0) {
      return SOONEST_RETRY;
    }
    return wait.compareTo(LATEST_RETRY) > 0 ? LATEST_RETRY : wait;
  }
}
