// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.manager.queue.Priority;
import dev.fairway.manager.queue.WorkQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QueueMeterTest {
  private final Metrics metrics = new Metrics();
  private Instant now = Instant.EPOCH;
  private final WorkQueue<String> queue =
      new WorkQueue<>(() -> now, new Random(1), new QueueMeter(metrics));

  @Test
  void additionsRetriesAndWaitingTimesAreCounted() {
    queue.add("a", Priority.NORMAL);
    queue.add("a", Priority.URGENT);
    queue.add("b", Priority.NORMAL);
    now = now.plusSeconds(3);
    queue.poll();
    queue.retry("a");
    queue.addAfter("b", Duration.ofSeconds(1));

    assertThat(metrics.scrape())
        .contains("workqueue_adds_total{name=\"service\"} 2.0")
        .contains("workqueue_retries_total{name=\"service\"} 2.0")
        .contains("workqueue_queue_duration_seconds_sum{name=\"service\"} 3.0");
  }

  @Test
  void depthAndAgeAreTold() {
    QueueMeter.register(new TermMeters(metrics), queue);
    queue.add("a", Priority.NORMAL);
    now = now.plusSeconds(3);

    assertThat(metrics.scrape())
        .contains("fairway_queue_depth 1.0")
        .contains("workqueue_depth{name=\"service\"} 1.0")
        .contains("fairway_queue_oldest_seconds 3.0");
  }
}
