// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.manager.election.Fence;
import dev.fairway.manager.report.StatusChange.EventText;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes events to Services in the background, those of one Service in order. Events are the one
/// thing that may get lost: when the API server is slow, a queue full of them must not slow down
/// what matters.
public final class EventLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
  private static final String COMPONENT =
      "service-controller"; // the reference's; tools filter by it
  private static final int LANES = 4;
  private static final int CAPACITY = 4_000; // of each lane
  private static final int MAX_MESSAGE = 1024; // limit of the API
  private static final Duration FLUSH = Duration.ofSeconds(3);

  private final KubernetesClient client;
  private final Fence fence;
  private final InstantSource clock;
  private final List<Lane> lanes;
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong sequence = new AtomicLong();
  private volatile boolean closing;

  private record Lane(BlockingQueue<Event> waiting, Thread writer) {}

  public EventLog(KubernetesClient client, Fence fence, InstantSource clock) {
    this.client = client;
    this.fence = fence;
    this.clock = clock;
    this.lanes = IntStream.range(0, LANES).mapToObj(this::lane).toList();
    lanes.forEach(lane -> lane.writer().start());
  }

  private Lane lane(int number) {
    var waiting = new ArrayBlockingQueue<Event>(CAPACITY);
    return new Lane(
        waiting, Thread.ofVirtual().name("events-" + number).unstarted(() -> writeAll(waiting)));
  }

  /// Returns at once.
  public void tell(ServiceRef service, EventText text) {
    var lane = lanes.get(Math.floorMod(service.uid().hashCode(), LANES));
    if (!lane.waiting().offer(event(service, text))) {
      lost.incrementAndGet();
    }
  }

  /// How many events were dropped because too many waited or the API server refused them.
  public long lost() {
    return lost.get();
  }

  private void writeAll(BlockingQueue<Event> waiting) {
    try {
      while (!closing || !waiting.isEmpty()) {
        var event = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (event != null) {
          write(event);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Event event) {
    try {
      fence.check();
      client.v1().events().inNamespace(event.getMetadata().getNamespace()).resource(event).create();
    } catch (KubernetesClientException | Fence.Lost e) {
      lost.incrementAndGet();
      LOG.debug("event {} not written: {}", event.getReason(), e.getMessage());
    }
  }

  private Event event(ServiceRef service, EventText text) {
    var now = clock.instant();
    var time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    var message = text.message();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(service.namespace())
        .withName(
            "%s.%x.%x".formatted(service.name(), now.toEpochMilli(), sequence.incrementAndGet()))
        .endMetadata()
        .withNewInvolvedObject()
        .withKind("Service")
        .withApiVersion("v1")
        .withNamespace(service.namespace())
        .withName(service.name())
        .withUid(service.uid())
        .endInvolvedObject()
        .withType(text.warning() ? "Warning" : "Normal")
        .withReason(text.reason())
        .withMessage(message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withReportingComponent(COMPONENT)
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .build();
  }

  /// Writes what waits, for a few seconds at most.
  @Override
  public void close() {
    closing = true;
    var end = System.nanoTime() + FLUSH.toNanos();
    try {
      for (var lane : lanes) {
        var left = Math.max(1, end - System.nanoTime());
        if (!lane.writer().join(Duration.ofNanos(left))) {
          lane.writer().interrupt();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
