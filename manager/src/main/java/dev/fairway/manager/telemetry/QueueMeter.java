// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import dev.fairway.manager.queue.WorkQueue;
import java.time.Duration;
import java.util.Map;

/// The queue, under our names and those of the reference controller, whose queue is called
/// `service`.
public final class QueueMeter implements WorkQueue.Journal {
  static final Map<String, String> NAME = Map.of("name", "service");
  private static final Metrics.Count ADDS =
      new Metrics.Count("workqueue_adds", "Load balancers added to the queue.");
  private static final Metrics.Count RETRIES =
      new Metrics.Count("workqueue_retries", "Load balancers added for later.");
  private static final Timing WAITED =
      new Timing("workqueue_queue_duration", "How long they waited in the queue.", Timing.CALLS);

  private final Metrics metrics;

  public QueueMeter(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void added() {
    metrics.count(ADDS, NAME);
  }

  @Override
  public void deferred() {
    metrics.count(RETRIES, NAME);
  }

  @Override
  public void taken(Duration waited) {
    metrics.record(WAITED, NAME, waited);
  }

  public static void register(TermMeters meters, WorkQueue<?> queue) {
    meters.gauge("fairway_queue_depth", "Load balancers that wait to be worked on.", queue::depth);
    meters.gauge(
        "workqueue_depth", "Load balancers that wait to be worked on.", NAME, queue::depth);
    meters.gauge(
        "fairway_queue_oldest_seconds",
        "How long the one that waits longest has waited.",
        () -> queue.oldestAge().toMillis() / 1000.0);
  }
}
