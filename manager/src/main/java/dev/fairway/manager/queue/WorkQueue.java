// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.queue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// The queue between watching and reconciling.
///
/// - A key that waits is there once, however often it is added.
/// - A key that is being worked on is handed to nobody else; added meanwhile, it comes again when
///   that is done.
/// - Urgent keys come first; among equals, the order is that of arrival.
/// - A key can be added for later; the earliest time wins, and being taken cancels it.
/// - A key that failed is held back until it comes by itself: only news that may mend it bring it
///   earlier, or else all that happens in a cluster would be one more attempt.
///
/// Made for many producers and many workers. Time comes from the given clock; only [#take] blocks.
///
/// @param <K> the keys
public final class WorkQueue<K> {
  /// The delays of the reference controller, which operators know.
  public static final Duration FIRST_RETRY = Duration.ofSeconds(5);

  public static final Duration LAST_RETRY = Duration.ofMinutes(5);

  // Keeps take() responsive to a clock that tests move by hand.
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

  // With `canWait`, it would not have been added if its key had been held back.
  private record Entry<K>(
      K key, Priority priority, long sequence, Instant since, boolean canWait) {}

  // With `holds`, its key is held back until then.
  private record Timer<K>(K key, Instant due, long sequence, boolean holds) {}

  /// Is told of what happens, while the queue is locked: must be quick.
  public interface Journal {
    /// A key that did not wait waits now.
    void added();

    /// A key was added for later.
    void deferred();

    /// A key was taken that had waited this long.
    void taken(Duration waited);

    static Journal none() {
      return new Journal() {
        @Override
        public void added() {}

        @Override
        public void deferred() {}

        @Override
        public void taken(Duration waited) {}
      };
    }
  }

  private final InstantSource clock;
  private final Journal journal;
  private final Backoff<K> backoff;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // A key is in `queued` exactly when it should be worked on. Those of them not in `working` are in
  // `ready` too.
  private final Map<K, Entry<K>> queued = new HashMap<>();
  private final PriorityQueue<Entry<K>> ready =
      new PriorityQueue<>((a, b) ->
          a.priority() != b.priority()
              ? a.priority().compareTo(b.priority())
              : Long.compare(a.sequence(), b.sequence()));
  private final Map<K, Instant> working = new HashMap<>();
  // The timer in `timers` that equals the one in `due` is the valid one; the others were overtaken.
  private final Map<K, Timer<K>> due = new HashMap<>();
  private final PriorityQueue<Timer<K>> timers =
      new PriorityQueue<>((a, b) ->
          a.due().equals(b.due())
              ? Long.compare(a.sequence(), b.sequence())
              : a.due().compareTo(b.due()));
  private long sequence;
  private boolean shutDown;

  public WorkQueue(InstantSource clock, RandomGenerator random) {
    this(clock, random, Journal.none());
  }

  public WorkQueue(InstantSource clock, RandomGenerator random, Journal journal) {
    this.clock = clock;
    this.journal = journal;
    this.backoff = new Backoff<>(FIRST_RETRY, LAST_RETRY, random);
  }

  /// Adds a key, held back or not. If it waits already with less priority, it is moved forward.
  public void add(K key, Priority priority) {
    locked(() -> enqueue(key, priority, false));
  }

  /// As [#add], for news that have nothing to do with why a key may have failed: a key that is held
  /// back stays so, and meets them when its time has come.
  public void addUnlessHeld(K key, Priority priority) {
    locked(() -> {
      var timer = due.get(key);
      if (timer == null || !timer.holds() || !timer.due().isAfter(clock.instant())) {
        enqueue(key, priority, true);
      }
    });
  }

  /// Adds a key when this much time has passed. If it is due earlier already, that stays.
  public void addAfter(K key, Duration delay) {
    defer(key, delay, false);
  }

  /// Adds a key that failed when this much time has passed, and holds it back until then. If it is
  /// due earlier already, that stays.
  public void retryAfter(K key, Duration delay) {
    defer(key, delay, true);
  }

  private void defer(K key, Duration delay, boolean holds) {
    if (!delay.isPositive()) {
      add(key, Priority.NORMAL);
      return;
    }
    locked(() -> {
      var at = clock.instant().plus(delay);
      var present = due.get(key);
      if (!shutDown && (present == null || at.isBefore(present.due()))) {
        var timer = new Timer<>(key, at, sequence++, holds);
        due.put(key, timer);
        timers.add(timer);
        journal.deferred();
      }
      if (holds) {
        leaveToTimer(key);
      }
    });
  }

  // What came while the key was worked on.
  private void leaveToTimer(K key) {
    var waiting = queued.get(key);
    if (waiting != null && waiting.canWait()) {
      queued.remove(key);
      ready.remove(waiting);
    }
  }

  /// As [#retryAfter], with a delay that grows with each call, until [#forget]. Returns the delay.
  public Duration retry(K key) {
    lock.lock();
    try {
      var delay = backoff.next(key);
      retryAfter(key, delay);
      return delay;
    } finally {
      lock.unlock();
    }
  }

  /// Failures in a row: calls of [#retry] since the last [#forget].
  public int failures(K key) {
    lock.lock();
    try {
      return backoff.failures(key);
    } finally {
      lock.unlock();
    }
  }

  /// The key succeeded: its next failure counts as the first.
  public void forget(K key) {
    locked(() -> backoff.forget(key));
  }

  /// Waits for a key and takes it; the caller must call [#done] with it. Empty when the queue was
  /// shut down.
  public Optional<K> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!shutDown) {
        var next = poll();
        if (next.isPresent()) {
          return next;
        }
        var wait = untilNextTimer();
        changed.awaitNanos(wait.toNanos() + 1);
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Takes a key if one is ready now.
  public Optional<K> poll() {
    lock.lock();
    try {
      fireTimers();
      var entry = ready.poll();
      if (entry == null || shutDown) {
        return Optional.empty();
      }
      var key = entry.key();
      queued.remove(key);
      due.remove(key);
      working.put(key, clock.instant());
      journal.taken(Duration.between(entry.since(), clock.instant()));
      return Optional.of(key);
    } finally {
      lock.unlock();
    }
  }

  /// Takes this very key, whether it waits or not, once nobody works on it: for somebody who only
  /// looks, and must not do so while it is being changed. If true, the caller must call [#done]
  /// with it; what waits stays in its place until then.
  ///
  /// @param patience how long to wait for whoever works on it
  /// @return false when it was still being worked on after that
  public boolean claim(K key, Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var left = patience.toNanos();
      while (working.containsKey(key)) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      working.put(key, clock.instant());
      var waiting = queued.get(key);
      if (waiting != null) {
        ready.remove(waiting);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Where a key is.
  ///
  /// @param waitingSince when it was added, if it waits to be worked on
  /// @param workingSince when it was taken, if it is being worked on
  /// @param due when it comes by itself, if it was added for later
  /// @param failures calls of [#retry] since the last [#forget]
  public record Place(
      Optional<Instant> waitingSince,
      Optional<Instant> workingSince,
      Optional<Instant> due,
      int failures) {}

  public Place place(K key) {
    lock.lock();
    try {
      fireTimers();
      return new Place(
          Optional.ofNullable(queued.get(key)).map(Entry::since),
          Optional.ofNullable(working.get(key)),
          Optional.ofNullable(due.get(key)).map(Timer::due),
          backoff.failures(key));
    } finally {
      lock.unlock();
    }
  }

  /// The work on a key has ended, well or not.
  public void done(K key) {
    locked(() -> {
      working.remove(key);
      var again = queued.get(key);
      if (again != null) {
        ready.add(again);
      }
    });
  }

  /// No key is handed out any more, and waiting workers return.
  public void shutDown() {
    locked(() -> shutDown = true);
  }

  /// How many keys wait to be worked on now; those for later not among them.
  public int depth() {
    lock.lock();
    try {
      fireTimers();
      return queued.size();
    } finally {
      lock.unlock();
    }
  }

  /// How long the key that waits longest has waited; zero when none does.
  public Duration oldestAge() {
    lock.lock();
    try {
      return queued.values().stream()
          .map(Entry::since)
          .min(Instant::compareTo)
          .map(since -> Duration.between(since, clock.instant()))
          .orElse(Duration.ZERO);
    } finally {
      lock.unlock();
    }
  }

  /// How many keys anything is kept of, timers that were overtaken among them.
  public int remembered() {
    lock.lock();
    try {
      return queued.size() + working.size() + timers.size() + backoff.size();
    } finally {
      lock.unlock();
    }
  }

  private void enqueue(K key, Priority priority, boolean canWait) {
    if (shutDown) {
      return;
    }
    var waiting = queued.get(key);
    var entry =
        waiting == null
            ? new Entry<>(key, priority, sequence++, clock.instant(), canWait)
            : merged(waiting, priority, canWait);
    if (entry.equals(waiting)) {
      return;
    }
    queued.put(key, entry);
    if (waiting == null) {
      journal.added();
    }
    if (!working.containsKey(key)) {
      if (waiting != null) {
        ready.remove(waiting);
      }
      ready.add(entry);
    }
  }

  private Entry<K> merged(Entry<K> waiting, Priority priority, boolean canWait) {
    var forward = priority.compareTo(waiting.priority()) < 0;
    return new Entry<>(
        waiting.key(),
        forward ? priority : waiting.priority(),
        forward ? sequence++ : waiting.sequence(),
        waiting.since(),
        waiting.canWait() && canWait);
  }

  private void fireTimers() {
    var now = clock.instant();
    for (var timer = timers.peek(); timer != null; timer = timers.peek()) {
      var valid = timer.equals(due.get(timer.key()));
      if (valid && timer.due().isAfter(now)) {
        return;
      }
      timers.remove();
      if (valid) {
        due.remove(timer.key());
        enqueue(timer.key(), Priority.NORMAL, true);
      }
    }
  }

  private Duration untilNextTimer() {
    var next = timers.peek();
    if (next == null) {
      return LONGEST_WAIT;
    }
    var wait = Duration.between(clock.instant(), next.due());
    return wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
