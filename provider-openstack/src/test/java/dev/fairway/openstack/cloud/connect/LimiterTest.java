// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LimiterTest {
  private final VirtualTicker ticker = new VirtualTicker();
  private final Limiter limiter = new Limiter("octavia", 10, 20, Duration.ofSeconds(10), ticker);

  @Test
  void aBurstPassesAtOnceAndThenTheRateHolds() {
    for (var i = 0; i < 20; i++) {
      assertThat(limiter.pass(Lane.CHANGE)).isZero();
    }

    for (var i = 0; i < 10; i++) {
      assertThat(limiter.pass(Lane.CHANGE)).isEqualTo(Duration.ofMillis(100));
    }
  }

  @Test
  void afterARestTheBurstIsGone() {
    limiter.rest(Duration.ofSeconds(3));

    assertThat(limiter.pass(Lane.CHANGE)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void whoWouldWaitTooLongIsTurnedAwayAtOnceWithTheTime() {
    limiter.rest(Duration.ofSeconds(30));
    var before = ticker.nanos();

    assertThatThrownBy(() -> limiter.pass(Lane.CHANGE))
        .isInstanceOfSatisfying(
            CloudException.Throttled.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
    assertThat(ticker.nanos()).isEqualTo(before);
    assertThat(limiter.waiting()).isZero();
  }

  @Test
  void theMoreUrgentLaneGoesFirstWhoeverCameFirst() {
    var time = new SteppedTicker();
    var slow = new Limiter("octavia", 5, 1, Duration.ofSeconds(10), time);
    slow.pass(Lane.CHANGE);
    var order = new CopyOnWriteArrayList<Lane>();
    for (var lane : List.of(Lane.BACKGROUND, Lane.POLL, Lane.CHANGE)) {
      var before = slow.waiting();
      Thread.startVirtualThread(() -> {
        slow.pass(lane);
        order.add(lane);
      });
      await().until(() -> slow.waiting() > before);
    }

    for (var passed = 1; passed <= 3; passed++) {
      var expected = passed;
      time.advance(Duration.ofMillis(200));
      await().until(() -> order.size() == expected);
    }

    assertThat(order).containsExactly(Lane.CHANGE, Lane.POLL, Lane.BACKGROUND);
  }

  @Test
  void whoIsInterruptedGivesUpAndStaysInterrupted() {
    limiter.rest(Duration.ofSeconds(5));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> limiter.pass(Lane.CHANGE))
        .isInstanceOf(CloudException.Unavailable.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
