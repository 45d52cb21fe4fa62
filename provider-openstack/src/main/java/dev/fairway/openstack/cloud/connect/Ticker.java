// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import java.time.Duration;
import java.util.concurrent.locks.Condition;

/// Time that never goes back, and waiting in it.
public interface Ticker {
  /// Nanoseconds since some moment in the past.
  long nanos();

  /// Waits until signalled or until the time has passed; the condition's lock is held. May return
  /// early.
  void await(Condition condition, long nanos) throws InterruptedException;

  /// Waits until the time has passed.
  void sleep(Duration time) throws InterruptedException;

  /// The machine's own time.
  static Ticker system() {
    return new Ticker() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      @SuppressWarnings("WaitNotInLoop") // The caller loops: it waits for its turn, not for time.
      public void await(Condition condition, long nanos) throws InterruptedException {
        var _ = condition.awaitNanos(nanos);
      }

      @Override
      public void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time);
      }
    };
  }
}
