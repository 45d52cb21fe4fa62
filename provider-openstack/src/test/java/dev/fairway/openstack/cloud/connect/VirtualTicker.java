// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/// Time that passes only when somebody waits.
final class VirtualTicker implements Ticker {
  final List<Duration> slept = new ArrayList<>();
  private final AtomicLong now = new AtomicLong(1_000_000_000_000L);

  @Override
  public long nanos() {
    return now.get();
  }

  @Override
  public void await(Condition condition, long nanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    now.addAndGet(nanos);
  }

  @Override
  public void sleep(Duration time) {
    slept.add(time);
    now.addAndGet(time.toNanos());
  }

  void advance(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
