// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.Meters;
import dev.fairway.manager.telemetry.Metrics.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  @Test
  void aHistogramThatSomebodyElseKeepsIsReadAtEachScrape() {
    var counts = new ArrayList<>(List.of(1L, 2L, 4L));
    metrics.histogram(
        "fairway_test_answer_seconds",
        "Answers.",
        () -> new Meters.Distribution(List.of(0.001, 0.5), counts, 3.5));
    counts.set(0, 8L);

    assertThat(metrics.scrape())
        .contains("# TYPE fairway_test_answer_seconds histogram")
        .contains("fairway_test_answer_seconds_bucket{le=\"0.001\"} 8")
        .contains("fairway_test_answer_seconds_bucket{le=\"0.5\"} 10")
        .contains("fairway_test_answer_seconds_bucket{le=\"+Inf\"} 14")
        .contains("fairway_test_answer_seconds_sum 3.5");
  }

  @Test
  void aHistogramOfATermEndsWithIt() {
    var term = new TermMeters(metrics);
    var none = new Meters.Distribution(List.of(), List.of(0L), 0);
    term.histogram("fairway_test_answer_seconds", "Answers.", () -> none);
    term.close();
    assertThat(metrics.scrape()).doesNotContain("fairway_test_answer");

    new TermMeters(metrics).histogram("fairway_test_answer_seconds", "Answers.", () -> none);
    assertThat(metrics.scrape()).contains("fairway_test_answer_seconds_count 0");
  }

  @Test
  void countsAreKeptByLabel() {
    var things = new Count("fairway_test_things", "Things.");
    metrics.count(things, Map.of("kind", "a"));
    metrics.count(things, Map.of("kind", "b"));
    metrics.count(things, Map.of("kind", "b"));

    assertThat(metrics.scrape())
        .contains("fairway_test_things_total{kind=\"a\"} 1.0")
        .contains("fairway_test_things_total{kind=\"b\"} 2.0");
  }

  @Test
  void theReferencesBucketsGoFromOneSecondToSixteenThousand() {
    var timing = new Timing("fairway_test_wait", "Waits.", Timing.REFERENCE);
    metrics.record(timing, Map.of(), Duration.ofSeconds(3));

    assertThat(metrics.scrape())
        .contains("fairway_test_wait_seconds_bucket{le=\"1.0\"} 0")
        .contains("fairway_test_wait_seconds_bucket{le=\"4.0\"} 1")
        .contains("fairway_test_wait_seconds_bucket{le=\"16384.0\"} 1")
        .contains("fairway_test_wait_seconds_bucket{le=\"+Inf\"} 1")
        .doesNotContain("le=\"32768.0\"");
  }

  @Test
  void aRowThatIsGoneIsNotToldAnyMore() {
    var rows = new HashMap<>(Map.of("NoPool", 3));
    metrics.table("fairway_test_pending", "Pending.", "reason", () -> rows);
    assertThat(metrics.scrape()).contains("fairway_test_pending{reason=\"NoPool\"} 3.0");

    rows.clear();
    rows.put("Rejected", 1);

    assertThat(metrics.scrape())
        .contains("fairway_test_pending{reason=\"Rejected\"} 1.0")
        .doesNotContain("NoPool");
  }

  @Test
  void whatBelongsToATermIsGoneWithIt() {
    try (var term = new TermMeters(metrics)) {
      term.gauge("fairway_test_depth", "Depth.", () -> 7);
      term.counter("fairway_test_lost", "Lost.", () -> 7);
      term.table("fairway_test_pending", "Pending.", "reason", () -> Map.of("NoPool", 7));
      assertThat(metrics.scrape()).contains("_depth 7.0", "_lost_total 7.0", "_pending{");
    }
    assertThat(metrics.scrape()).doesNotContain("fairway_test");

    new TermMeters(metrics).gauge("fairway_test_depth", "Depth.", () -> 8);
    assertThat(metrics.scrape()).contains("fairway_test_depth 8.0");
  }

  @Test
  void theProcessTellsOfItsMemory() {
    assertThat(metrics.withProcess().scrape())
        .contains("jvm_memory_used_bytes{", "jvm_threads_live_threads", "process_cpu_usage")
        .containsPattern("process_resident_memory_bytes [1-9]");
  }
}
