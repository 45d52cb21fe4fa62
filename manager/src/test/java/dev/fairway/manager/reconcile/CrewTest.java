// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CrewTest {
  private static final Runnable END = () -> {};
  private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private final CountDownLatch hang = new CountDownLatch(1);
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Crew crew = new Crew(2, this::workOnce, Duration.ofMillis(100));

  @AfterEach
  void end() throws InterruptedException {
    hang.countDown();
    end(2);
    crew.awaitEnd(Duration.ofSeconds(5));
  }

  @Test
  void howeverManyHangTheOthersAreDone() throws InterruptedException {
    crew.start();
    for (var n = 0; n < 10; n++) {
      work.add(this::hang);
    }
    var done = new CountDownLatch(100);
    for (var n = 0; n < 100; n++) {
      work.add(done::countDown);
    }

    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(crew.stuck()).isGreaterThanOrEqualTo(9);
  }

  @Test
  void whoComesBackFindsItsPlaceTaken() {
    crew.start();
    work.add(this::hang);
    work.add(this::hang);
    Awaitility.await().until(() -> crew.stuck() == 2);

    hang.countDown();
    Awaitility.await().until(() -> crew.stuck() == 0);
    var done = new CountDownLatch(200);
    for (var n = 0; n < 200; n++) {
      work.add(() -> {
        most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        Thread.yield();
        atOnce.decrementAndGet();
        done.countDown();
      });
    }

    Awaitility.await().until(() -> done.getCount() == 0);
    assertThat(most).as("two places, as before").hasValueLessThanOrEqualTo(2);
  }

  @Test
  void theEndIsAwaitedForAsLongAsIsAllowed() throws InterruptedException {
    crew.start();
    work.add(this::hang);
    Awaitility.await().until(() -> atOnce.get() == 1);
    end(4);

    assertThat(crew.awaitEnd(Duration.ofMillis(50))).as("one still works").isFalse();
  }

  @Test
  void theEndComesWhenAllHaveLeft() throws InterruptedException {
    crew.start();
    end(2);

    assertThat(crew.awaitEnd(Duration.ofSeconds(10))).isTrue();
  }

  private void hang() {
    atOnce.incrementAndGet();
    try {
      hang.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      atOnce.decrementAndGet();
    }
  }

  private void end(int members) {
    for (var n = 0; n < members; n++) {
      work.add(END);
    }
  }

  private boolean workOnce() {
    try {
      var piece = work.take();
      return piece != END && crew.during(piece);
    } catch (InterruptedException _) {
      return false;
    }
  }
}
