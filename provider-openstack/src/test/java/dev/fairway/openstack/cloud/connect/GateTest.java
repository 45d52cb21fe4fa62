// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairway.cloud.Meters;
import dev.fairway.cloud.error.CloudException;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Call READ = Call.of(Operation.GET_POOL, "/x");
  private static final Call CREATE = Call.of(Operation.CREATE_POOL, "/x");

  private final VirtualTicker ticker = new VirtualTicker();
  private final MovableClock clock = new MovableClock();
  private final Map<String, DoubleSupplier> meters = new HashMap<>();
  private final Gate gate = new Gate(10, 20, ticker, clock, new Random(6), recording(meters));
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void aHiccupIsRepeatedAfterABriefRandomTime() {
    assertThat(gate.call(READ, failingTimes(2, answered(502)))).isEqualTo("done");

    assertThat(calls).hasValue(3);
    assertThat(ticker.slept).hasSize(2);
    assertThat(ticker.slept.get(0)).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
    assertThat(ticker.slept.get(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(600));
  }

  @Test
  void aPutAndADeleteAreRepeatedAPostIsNot() {
    var put = Call.of(Operation.UPDATE_MEMBERS, "/x");
    var delete = Call.of(Operation.DELETE_LOAD_BALANCER, "/x");

    assertThat(gate.call(put, failingTimes(1, lost()))).isEqualTo("done");
    assertThat(gate.call(delete, failingTimes(1, lost()))).isEqualTo("done");
    calls.set(0);
    assertThatThrownBy(() -> gate.call(CREATE, failingTimes(1, lost())))
        .isInstanceOf(CloudException.Unavailable.class);
    assertThat(calls).hasValue(1);
  }

  @Test
  void whatWasSilentForItsWholeTimeoutIsNotAskedAgainAtOnce() {
    var silent = CallFailed.lost("x", new HttpTimeoutException("x"));

    assertThatThrownBy(() -> gate.call(READ, failingTimes(1, silent)))
        .isInstanceOf(CloudException.Unavailable.class);
    assertThat(calls).hasValue(1);
  }

  @Test
  void aRefusalIsNotRepeated() {
    assertThatThrownBy(() -> gate.call(READ, failingTimes(1, answered(409))))
        .isInstanceOf(CloudException.Conflict.class);
    assertThat(calls).hasValue(1);
  }

  @Test
  void afterFiveFailuresTheOperationRestsAndOthersGoOn() {
    for (var i = 0; i < 5; i++) {
      assertThatThrownBy(() -> gate.call(CREATE, failingTimes(99, answered(500))));
    }

    assertThatThrownBy(() -> gate.call(CREATE, failingTimes(0, answered(500))))
        .isInstanceOf(CloudException.Unavailable.class)
        .hasMessageContaining(
            "load-balancer:CreatePool failed 5 times in a row; it is not called for 15 s");
    assertThat(calls).hasValue(5);
    assertThat(gate.call(READ, failingTimes(0, answered(500)))).isEqualTo("done");

    clock.advance(Duration.ofSeconds(16));
    assertThat(gate.call(CREATE, () -> "works")).isEqualTo("works");
  }

  @Test
  void answersBelowFiveHundredNeverOpenTheBreaker() {
    for (var status : new int[] {400, 401, 403, 404, 409, 412, 429, 400, 403, 409}) {
      assertThatThrownBy(() -> gate.call(CREATE, failingTimes(99, answered(status))));
      ticker.advance(Duration.ofSeconds(2));
    }

    assertThat(gate.call(CREATE, () -> "works")).isEqualTo("works");
  }

  @Test
  void aThrottleAnswerHoldsAllCallsToTheServiceBack() {
    assertThatThrownBy(() -> gate.call(CREATE, failingTimes(1, answered(429))))
        .isInstanceOf(CloudException.Throttled.class);
    var before = ticker.nanos();

    gate.call(READ, () -> "works");

    assertThat(ticker.nanos() - before).isEqualTo(Duration.ofSeconds(1).toNanos());
    assertThat(meter("fairway_openstack_octavia_throttles")).isEqualTo(1);
    assertThat(meter("fairway_openstack_octavia_wait_seconds")).isEqualTo(1);
  }

  @Test
  void anErrorThatIsNotOfTheCallPassesAndLeavesTheBreakerAlone() {
    for (var i = 0; i < 10; i++) {
      assertThatThrownBy(() ->
              gate.call(
                  CREATE,
                  () -> {
                    throw new CloudException.Unavailable("no token", null);
                  }))
          .hasMessage("no token");
    }

    assertThat(gate.call(CREATE, () -> "works")).isEqualTo("works");
  }

  @Test
  void callsThatFailLeaveTheirPlaceToOthers() {
    for (var i = 0; i < 100; i++) {
      assertThatThrownBy(() -> gate.call(CREATE, failingTimes(99, answered(400))));
    }

    assertThat(gate.call(CREATE, () -> "works")).isEqualTo("works");
  }

  @Test
  void noMoreThanThirtyTwoCallsAreUnderWayAtOnce() {
    var end = new CountDownLatch(1);
    var most = new AtomicInteger();
    var now = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 40; i++) {
        var _ =
            threads.submit(() ->
                gate.call(
                    CREATE,
                    () -> {
                      most.accumulateAndGet(now.incrementAndGet(), Math::max);
                      awaitEnd(end);
                      now.decrementAndGet();
                      return calls.incrementAndGet();
                    }));
      }
      await().until(() -> now.get() == 32);
      end.countDown();
    }

    assertThat(most).hasValue(32);
    assertThat(calls).hasValue(40);
  }

  private static void awaitEnd(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Supplier<String> failingTimes(int times, CallFailed failure) {
    var left = new AtomicInteger(times);
    return () -> {
      calls.incrementAndGet();
      if (left.getAndDecrement() > 0) {
        throw failure;
      }
      return "done";
    };
  }

  private static CallFailed answered(int status) {
    return CallFailed.answered(status, new Fault("", "x"), "", Optional.empty());
  }

  private static CallFailed lost() {
    return CallFailed.lost("reset", new IOException("reset"));
  }

  private double meter(String name) {
    return Optional.ofNullable(meters.get(name)).orElseThrow().getAsDouble();
  }

  private static Meters recording(Map<String, DoubleSupplier> into) {
    return new Meters() {
      @Override
      public void gauge(String name, String description, DoubleSupplier value) {
        into.put(name, value);
      }

      @Override
      public void counter(String name, String description, DoubleSupplier value) {
        into.put(name, value);
      }
    };
  }
}
