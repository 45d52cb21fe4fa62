// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Needs no rights: any process may list interfaces.
class LinksTest {

  @Test
  void loopbackIsListedUnderItsIndexAndNeverUsed() throws IOException {
    int index = NetworkInterface.getByName("lo").getIndex();

    assertThat(Links.read())
        .filteredOn(link -> link.index() == index)
        .singleElement()
        .satisfies(lo -> {
          assertThat(lo.name()).isEqualTo("lo");
          assertThat(lo.isUsable()).isFalse();
        });
  }

  @Test
  void watchCallsBackAtItsIntervalWithoutAChange() throws Exception {
    CountDownLatch calls = new CountDownLatch(2);
    try (LinkWatch watch = LinkWatch.open()) {
      watch.start(Duration.ofMillis(10), calls::countDown);

      assertThat(calls.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
