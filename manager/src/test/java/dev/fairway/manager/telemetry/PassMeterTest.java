// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class PassMeterTest {
  private static final LoadBalancerKey WEB = LoadBalancerKey.ofService("default", "web");
  private static final LoadBalancerKey DNS = LoadBalancerKey.ofService("default", "dns");

  private final Metrics metrics = new Metrics();
  private final RecordedTraces traces = new RecordedTraces();
  private Duration now = Duration.ZERO;
  private final NodeSyncs nodes = new NodeSyncs(metrics, () -> Instant.EPOCH.plus(now));
  private final PassMeter passes = new PassMeter(metrics, traces, nodes, () -> now.toNanos());

  @AfterEach
  void clear() {
    MDC.clear();
  }

  @Test
  void passesAreTimedByResult() {
    pass(WEB, "ok", 2);
    pass(WEB, "Denied", 3);

    assertThat(metrics.scrape())
        .contains("fairway_reconcile_seconds_sum{result=\"ok\"} 2.0")
        .contains("fairway_reconcile_seconds_sum{result=\"Denied\"} 3.0")
        .contains("workqueue_work_duration_seconds_count{name=\"service\"} 2");
  }

  @Test
  void thosePassesUnderWayAreTold() {
    passes.register(new TermMeters(metrics));
    var first = passes.begun(WEB, "1");
    now = now.plusSeconds(4);
    var second = passes.begun(DNS, "2");
    now = now.plusSeconds(1);

    assertThat(metrics.scrape())
        .contains("workqueue_unfinished_work_seconds{name=\"service\"} 6.0")
        .contains("workqueue_longest_running_processor_seconds{name=\"service\"} 5.0");

    first.ended("ok");
    second.ended("ok");
    assertThat(metrics.scrape())
        .contains("workqueue_unfinished_work_seconds{name=\"service\"} 0.0");
  }

  @Test
  void aPassIsATraceWithItsKeyAndResult() {
    passes.begun(WEB, "7").ended("Denied");

    assertThat(traces.steps).isEqualTo(List.of("reconcile failed: Denied"));
    assertThat(traces.attributes)
        .containsEntry("fairway.key", "default/web")
        .containsEntry("fairway.pass", "7")
        .containsEntry("fairway.result", "Denied");
    assertThat(MDC.get("trace")).isEqualTo("trace-1");
  }

  @Test
  void aChangeOfNodesIsMeasuredUntilTheLastLoadBalancerWasLookedAt() {
    nodes.begin(List.of(WEB, DNS));
    pass(WEB, "ok", 2);
    assertThat(metrics.scrape()).doesNotContain("service_controller_nodesync_latency_seconds");
    pass(DNS, "Unavailable", 3);

    assertThat(metrics.scrape())
        .contains("service_controller_nodesync_latency_seconds_sum 5.0")
        .contains("service_controller_loadbalancer_sync_total 2.0")
        .contains("service_controller_nodesync_error_total 1.0")
        .contains("service_controller_update_loadbalancer_host_latency_seconds_count 2");
  }

  @Test
  void aPassThatNodesDidNotSetOffIsNoHostUpdate() {
    pass(WEB, "ok", 1);

    assertThat(metrics.scrape()).doesNotContain("service_controller_");
  }

  @Test
  void aPassThatBeganBeforeTheNodesChangedDoesNotCount() {
    var early = passes.begun(WEB, "1");
    nodes.begin(List.of(WEB));
    early.ended("ok");
    assertThat(metrics.scrape()).doesNotContain("service_controller_");

    pass(WEB, "ok", 1);
    assertThat(metrics.scrape()).contains("service_controller_nodesync_latency_seconds_count 1");
  }

  @Test
  void theNumberOfSeriesDoesNotDependOnThatOfServices() {
    passes.register(new TermMeters(metrics));
    nodes.begin(List.of(WEB));
    pass(WEB, "ok", 1);
    var before = metrics.scrape().lines().count();

    for (var i = 0; i < 1_000; i++) {
      var key = LoadBalancerKey.ofService("default", "web-" + i);
      nodes.begin(List.of(key));
      pass(key, "ok", 1);
    }

    assertThat(metrics.scrape().lines().count()).isEqualTo(before);
  }

  private void pass(LoadBalancerKey key, String result, int seconds) {
    var pass = passes.begun(key, "1");
    now = now.plusSeconds(seconds);
    pass.ended(result);
  }
}
