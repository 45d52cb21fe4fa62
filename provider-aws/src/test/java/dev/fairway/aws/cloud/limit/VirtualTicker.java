// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import java.time.Duration;
import java.util.concurrent.locks.Condition;

/// Time that passes only when somebody waits, for tests with one thread.
public final class VirtualTicker implements Ticker {
  private long now = 1_000_000_000_000L;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void await(Condition condition, long nanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    now += nanos;
  }

  public void advance(Duration time) {
    now += time.toNanos();
  }
}
