// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.testkit.sim.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a Service that cannot be served costs in an hour.
class PatienceTest {
  private final Stage stage = new Stage();
  private final AtomicInteger number = new AtomicInteger();
  private final Map<String, Supplier<CloudException>> errors =
      Map.of(
          "outage", () -> new CloudException.Unavailable("request " + number(), null),
          "permission", () -> new CloudException.Denied("request " + number(), "sim:Write", null),
          "quota", () -> new CloudException.QuotaExceeded("request " + number(), "balancers", null),
          "rejected", () -> new CloudException.Rejected("spec.x", "is odd", "write 2", null),
          "throttled",
              () -> new CloudException.Throttled("slow down", Duration.ofSeconds(20), null),
          "busy", () -> new CloudException.NotReady("busy", Duration.ofSeconds(20)),
          "conflict", () -> new CloudException.Conflict("request " + number(), null));

  @ParameterizedTest
  @ValueSource(
      strings = {"outage", "permission", "quota", "rejected", "throttled", "busy", "conflict"})
  void anHourOfTroubleIsAHandfulOfEventsAndCalls(String kind) {
    stage.cloud.inject(call ->
        call.operation().equals("CreateLoadBalancer")
            ? new Fault.Refuse(Objects.requireNonNull(errors.get(kind)))
            : new Fault.None());

    stage.cluster.create("default/web", service -> service.port(80));
    for (var second = 0; second < 3600; second++) {
      stage.workOnce();
      stage.clock.advance(Duration.ofSeconds(1));
    }

    assertThat(stage.cluster.events).as("events").hasSizeLessThanOrEqualTo(3);
    assertThat(stage.cloud.mutatingCalls()).as("calls").isLessThan(200);
    var writes = stage.cluster.writes.size();
    assertThat(writes).as("writes").isLessThan(40);
    var warnings = stage.cluster.events.stream().filter(FakeCluster.Event::warning).count();
    assertThat(warnings)
        .isEqualTo(
            kind.equals("throttled") || kind.equals("busy") || kind.equals("conflict") ? 0 : 1);

    stage.cloud.inject(Fault.Script.none());
    stage.cluster.edit("default/web", service -> service.port(443));
    stage.quiet().assertAsItShouldBe("mended");
  }

  @Test
  void aServiceThatAsksForTheImpossibleIsNotTriedAgainUntilItChanges() {
    stage.cluster.create(
        "default/web",
        service -> {
          service.port(80);
          service.loadBalancerIp = java.util.Optional.of("nonsense");
        });
    stage.quiet();
    var passes = stage.process.results.size();

    stage.clock.advance(Duration.ofHours(1));
    stage.quiet();

    assertThat(stage.process.results).hasSize(passes);
    assertThat(stage.cluster.events).hasSize(1);
    assertThat(stage.cloud.mutatingCalls()).isZero();
  }

  private int number() {
    return number.incrementAndGet();
  }
}
