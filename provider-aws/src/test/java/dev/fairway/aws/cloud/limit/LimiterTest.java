// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimiterTest {
  private final VirtualTicker ticker = new VirtualTicker();
  private final Limiter limiter =
      new Limiter(ThrottleClass.ELB_CREATE, Limits.published(2), ticker);

  @AfterEach
  void theThreadIsLeftAsItWas() {
    var _ = Thread.interrupted();
  }

  @Test
  void anIdleAccountIsNotHeldBack() {
    for (var i = 0; i < 20; i++) {
      assertThat(limiter.pass(Lane.NEW_SERVICE)).isZero();
    }
  }

  @Test
  void afterAnObjectionCallsWaitForTheDocumentedRate() {
    limiter.throttled();

    assertThat(limiter.pass(Lane.NEW_SERVICE)).isEqualTo(Duration.ofSeconds(5));
    assertThat(limiter.rate()).isEqualTo(0.2);
  }

  @Test
  void aTurnThatWouldComeTooLateIsRefusedAtOnceWithTheTimeToComeAgain() {
    var slow =
        new Limiter(
            ThrottleClass.ELB_CREATE, with(Limits.published(2), Duration.ofSeconds(3)), ticker);
    slow.throttled();
    var before = ticker.nanos();

    var refusal =
        catchThrowableOfType(CloudException.Throttled.class, () -> slow.pass(Lane.CHANGE));

    assertThat(ticker.nanos()).isEqualTo(before);
    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(5));
    assertThat(refusal).hasMessageContaining("ELB_CREATE").hasMessageContaining("CHANGE");
    assertThat(slow.waiting()).isZero();
  }

  @Test
  void anObjectionSaysWhenToComeAgain() {
    assertThat(limiter.throttled()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void theAuditIsTurnedAwayWhenItHasNoShare() {
    var without = new Limiter(ThrottleClass.ELB_READ, Limits.published(0), ticker);

    var refusal =
        catchThrowableOfType(CloudException.Throttled.class, () -> without.pass(Lane.AUDIT));

    assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void anInterruptEndsTheWaitingAndIsKept() {
    limiter.throttled();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> limiter.pass(Lane.CHANGE))
        .isInstanceOf(CloudException.Unavailable.class);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(limiter.waiting()).isZero();
  }

  @Test
  void everyOneOfManyThreadsGetsItsTurn() throws InterruptedException {
    var fast = new Limiter(ThrottleClass.ELB_CREATE, Limits.published(2), Ticker.system());
    var passed = new CountDownLatch(60);
    var lanes = new Lane[] {Lane.REPAIR, Lane.CHANGE, Lane.DEAD_TARGETS};

    IntStream.range(0, 60)
        .forEach(i ->
            Thread.startVirtualThread(() -> {
              fast.pass(lanes[i % lanes.length]);
              passed.countDown();
            }));

    assertThat(passed.await(9, TimeUnit.SECONDS)).isTrue();
    assertThat(fast.waiting()).isZero();
  }

  private static Limits with(Limits limits, Duration patience) {
    return new Limits(
        limits.documented(),
        limits.burstFactor(),
        limits.firstRate(),
        limits.floor(),
        limits.growth(),
        limits.leastGrowth(),
        limits.quiet(),
        patience,
        limits.auditPerSecond());
  }
}
