// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/// Time that the test moves while threads wait in it. They look at it often: waiting may end early.
final class SteppedTicker implements Ticker {
  private final AtomicLong now = new AtomicLong(1_000_000_000_000L);

  @Override
  public long nanos() {
    return now.get();
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // The caller loops.
  public void await(Condition condition, long nanos) throws InterruptedException {
    var _ = condition.await(2, TimeUnit.MILLISECONDS);
  }

  @Override
  public void sleep(Duration time) {
    throw new UnsupportedOperationException("nobody sleeps here");
  }

  void advance(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
