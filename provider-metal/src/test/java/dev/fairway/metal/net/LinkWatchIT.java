// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LinkWatchIT {

  private final AtomicInteger calls = new AtomicInteger();
  private Wire wire;
  private LinkWatch watch;

  @BeforeEach
  void open() throws Exception {
    wire = new Wire("lw");
    watch = Netns.call(wire.node(), LinkWatch::open);
    watch.start(Duration.ofHours(1), calls::incrementAndGet);
    awaitQuiet();
  }

  @AfterEach
  void close() throws Exception {
    watch.close();
    wire.close();
  }

  @Test
  void everyKindOfChangeCallsBackWithinASecond() throws Exception {
    assertCalledAfter("addr", "add", "10.77.0.1/24", "dev", "eth0");
    assertCalledAfter("addr", "del", "10.77.0.1/24", "dev", "eth0");
    assertCalledAfter("addr", "add", "fd00:77::1/64", "dev", "eth0", "nodad");
    assertCalledAfter("addr", "del", "fd00:77::1/64", "dev", "eth0");
    assertCalledAfter("link", "set", "eth0", "address", "02:00:00:00:00:42");
    assertCalledAfter("link", "set", "eth0", "down");
    assertCalledAfter("link", "set", "eth0", "up");
    assertCalledAfter("link", "del", "eth0");
  }

  private void assertCalledAfter(String... change) throws Exception {
    int before = calls.get();
    wire.inNode(change);
    await()
        .atMost(Duration.ofSeconds(1))
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () -> assertThat(calls.get()).as(String.join(" ", change)).isGreaterThan(before));
    awaitQuiet();
  }

  /// The kernel tells some consequences of a change only at its next full second.
  private void awaitQuiet() {
    await().until(this::isQuiet);
  }

  private boolean isQuiet() {
    int before = calls.get();
    try {
      await().atMost(Duration.ofMillis(1_300)).until(() -> calls.get() != before);
      return false;
    } catch (ConditionTimeoutException e) {
      return true;
    }
  }
}
