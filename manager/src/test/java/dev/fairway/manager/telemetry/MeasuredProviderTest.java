// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Note;
import dev.fairway.manager.reconcile.Told;
import dev.fairway.testkit.sim.Fault;
import dev.fairway.testkit.sim.SimulatedCloud;
import dev.fairway.testkit.sim.SimulatedProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredProviderTest {
  private static final LoadBalancerKey KEY = LoadBalancerKey.ofService("secret-namespace", "web");
  private final Metrics metrics = new Metrics();
  private final SimulatedCloud cloud =
      new SimulatedCloud(InstantSource.fixed(Instant.EPOCH), SimulatedCloud.Options.ideal());
  private final RecordedTraces traces = new RecordedTraces();
  private final MeasuredProvider<?, ?> provider =
      new MeasuredProvider<>(new SimulatedProvider(cloud), metrics, traces, () -> 0);

  @Test
  void callsAreCountedByOperation() {
    provider.observe(KEY);
    provider.observe(KEY);
    provider.list(new ClusterId("test"));

    assertThat(metrics.scrape())
        .contains("fairway_cloud_calls_seconds_count{operation=\"observe\",result=\"ok\"} 2")
        .contains("fairway_cloud_calls_seconds_count{operation=\"list\",result=\"ok\"} 1");
  }

  @Test
  void anErrorIsCountedByItsKindAndPassedOn() {
    cloud.inject(_ ->
        new Fault.Refuse(() -> new CloudException.Throttled("slow", Duration.ofSeconds(1), null)));

    assertThatThrownBy(() -> provider.observe(KEY)).isInstanceOf(CloudException.Throttled.class);

    assertThat(metrics.scrape())
        .contains("fairway_cloud_calls_seconds_count{operation=\"observe\",result=\"Throttled\"} 1")
        .contains("fairway_cloud_throttled_total{operation=\"observe\"} 1.0");
    assertThat(traces.steps).isEqualTo(List.of("observe failed: Throttled"));
  }

  @Test
  void noNameOfAServiceBecomesALabel() {
    provider.observe(KEY);

    assertThat(metrics.scrape()).doesNotContain("secret-namespace");
  }

  @Test
  void aPlanIsAStepAndNoCall() {
    planNothing(provider);

    assertThat(traces.steps).isEqualTo(List.of("observe", "plan"));
    assertThat(metrics.scrape()).doesNotContain("operation=\"plan\"");
  }

  @Test
  void notesArePassedOn() {
    var told = new ArrayList<Note>();
    var deaf = new SimulatedProvider(cloud);
    var measured = new MeasuredProvider<>(new Told(deaf, told), metrics, traces, () -> 0);
    var note = Note.blocking("Missing", "it is not there", "make it");

    measured.noted(KEY, List.of(note));

    assertThat(told).containsExactly(note);
  }

  private static <O extends dev.fairway.cloud.Observed> void planNothing(
      MeasuredProvider<O, ?> provider) {
    provider.plan(new Desired.Absent(KEY), provider.observe(KEY));
  }
}
