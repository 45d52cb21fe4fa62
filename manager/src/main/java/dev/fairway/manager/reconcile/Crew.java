// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/// The threads that work on load balancers: so many at a time, but one that is stuck does not
/// count. When a piece of work takes too long, another thread takes over its place, so that a load
/// balancer that hangs delays no other; whoever was stuck leaves when the work is done after all.
final class Crew {
  /// From when on a piece of work counts as stuck.
  static final Duration STUCK = Duration.ofSeconds(2);

  private static final int MOST_STUCK = 1_000;
  private static final int LOOKS = 10; // while a piece becomes stuck

  private final int count;
  private final BooleanSupplier work;
  private final Duration patience;
  private final Set<Member> working = ConcurrentHashMap.newKeySet();
  private final Phaser members = new Phaser(1);
  private final ScheduledExecutorService foreman =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("foreman").daemon().factory());
  private int stuck;
  private int names;

  private static final class Member {
    private final long sinceNanos = System.nanoTime();
    private boolean replaced;
  }

  /// @param work takes one piece of work and does it within [#during]; false when there is no more,
  ///   or the thread lost its place
  /// @param patience from when on a piece of work counts as stuck
  Crew(int count, BooleanSupplier work, Duration patience) {
    this.count = count;
    this.work = work;
    this.patience = patience;
  }

  void start() {
    for (var n = 0; n < count; n++) {
      hire();
    }
    var tick = patience.toNanos() / LOOKS;
    var _ = foreman.scheduleWithFixedDelay(this::look, tick, tick, TimeUnit.NANOSECONDS);
  }

  private synchronized void hire() {
    members.register();
    Thread.ofVirtual().name("worker-" + ++names).start(this::live);
  }

  private void live() {
    try {
      while (work.getAsBoolean()) {
        // again
      }
    } finally {
      members.arriveAndDeregister();
    }
  }

  /// Does a piece of work under the eyes of the foreman. Returns whether its thread still has a
  /// place afterwards.
  boolean during(Runnable piece) {
    var member = new Member();
    working.add(member);
    try {
      piece.run();
    } finally {
      working.remove(member);
    }
    return !leaves(member);
  }

  private synchronized boolean leaves(Member member) {
    if (member.replaced) {
      stuck--;
    }
    return member.replaced;
  }

  private void look() {
    var now = System.nanoTime();
    for (var member : working) {
      if (now - member.sinceNanos >= patience.toNanos() && replace(member)) {
        hire();
      }
    }
  }

  private synchronized boolean replace(Member member) {
    if (member.replaced || stuck == MOST_STUCK || !working.contains(member)) {
      return false;
    }
    member.replaced = true;
    stuck++;
    return true;
  }

  /// How many pieces of work take too long now.
  synchronized int stuck() {
    return stuck;
  }

  /// Waits until all have left.
  boolean awaitEnd(Duration most) throws InterruptedException {
    foreman.shutdownNow();
    try {
      members.awaitAdvanceInterruptibly(members.arrive(), most.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    }
  }
}
