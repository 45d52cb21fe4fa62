// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics();

  @Test
  void aCounterGoesOnCountingAfterAGarbageCollection() {
    var count = new AtomicInteger(1);
    metrics.counter("fairway_test_things", "Things.", count::get);
    assertThat(metrics.scrape()).contains("fairway_test_things_total 1.0");

    System.gc();
    count.set(99);

    assertThat(metrics.scrape()).contains("fairway_test_things_total 99.0");
  }

  @Test
  void whoRegistersANameAgainIsRead() {
    metrics.gauge("fairway_test_depth", "Depth.", () -> 1);
    metrics.gauge("fairway_test_depth", "Depth.", () -> 2);

    assertThat(metrics.scrape()).contains("fairway_test_depth 2.0");
  }
}
