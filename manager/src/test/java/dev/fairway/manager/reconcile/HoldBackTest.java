// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.sim.Call;
import dev.fairway.testkit.sim.Fault;
import dev.fairway.testkit.sim.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A load balancer whose changes are refused, while nodes and endpoints change all the time.
class HoldBackTest {
  private static final Duration PAUSE = Duration.ofSeconds(20);
  private static final LoadBalancerKey WEB = LoadBalancerKey.ofService("default", "web");
  private Stage stage = new Stage();

  @ParameterizedTest
  @ValueSource(longs = {1, 20, 300})
  void nodesAndEndpointsThatChangeDoNotCutAPauseShort(long seed) {
    stage = new Stage(SimulatedCloud.Options.ideal(), false, parts -> parts.withSeed(seed));
    for (var n = 0; n < 10; n++) {
      stage.cluster.create("default/s" + n, service -> service.port(80));
    }
    stage.quiet();
    var before = stage.cloud.callCount();
    throttle();
    var random = new Random(seed);
    var passes = stage.process.results.size();

    for (var second = 0; second < 600; second++) {
      if (random.nextBoolean()) {
        stage.cluster.nodes(3 + random.nextInt(10));
        stage.process.triggers.targetsChanged();
      }
      var some = LoadBalancerKey.ofService("default", "s" + random.nextInt(10));
      stage.process.triggers.endpointsChanged(some);
      while (stage.workOnce()) {
        // until this is seen
      }
      stage.clock.advance(Duration.ofSeconds(1));
    }

    var last = new HashMap<LoadBalancerKey, Instant>();
    for (var call : stage.cloud.callsAfter(before)) {
      if (call.mutating()) {
        var earlier = last.put(call.key().orElseThrow(), call.at());
        if (earlier != null) {
          assertThat(Duration.between(earlier, call.at()))
              .as("seed %d: %s", seed, call)
              .isGreaterThanOrEqualTo(PAUSE);
        }
      }
    }
    assertThat(last).as("seed %d: those that were tried", seed).hasSize(10);
    assertThat(stage.process.results.size() - passes)
        .as("seed %d: passes in 30 pauses of 10 load balancers", seed)
        .isLessThanOrEqualTo(2 * 30 * 10);
    stage.cloud.inject(Fault.Script.none());
    stage.quiet().assertAsItShouldBe("seed " + seed);
  }

  @Test
  void ourOwnFinalizerIsNoReasonToTryAgain() {
    throttle();

    stage.cluster.create("default/web", service -> service.port(80));
    work();

    assertThat(stage.cluster.service("default/web").orElseThrow().hasFinalizer()).isTrue();
    assertThat(stage.cloud.mutatingCalls()).isOne();
    stage.clock.advance(PAUSE);
    work();
    assertThat(stage.cloud.mutatingCalls()).isEqualTo(2);
  }

  @Test
  void aServiceThatChangesIsTriedAtOnce() {
    throttle();
    stage.cluster.create("default/web", service -> service.port(80));
    work();
    stage.cloud.inject(Fault.Script.none());

    stage.cluster.edit("default/web", service -> service.port(443));
    work();

    assertThat(stage.truth(WEB).listeners()).containsKeys("TCP/80", "TCP/443");
  }

  @Test
  void whatTheProviderTellsIsTriedAtOnce() {
    stage.cluster.create("default/web", service -> service.port(80));
    stage.quiet();
    throttle();
    stage.cluster.nodes(5);
    stage.process.triggers.targetsChanged();
    work();
    stage.cloud.inject(Fault.Script.none());

    stage.process.triggers.targetsChanged();
    work();
    assertThat(stage.truth(WEB).groups().get("TCP/80@30080")).hasSize(3);
    stage.process.triggers.everythingChanged();
    work();

    assertThat(stage.truth(WEB).groups().get("TCP/80@30080")).hasSize(5);
  }

  @Test
  void aServiceThatIsDeletedIsCleanedUpAtOnce() {
    stage.cluster.create("default/web", service -> service.port(80));
    stage.quiet();
    throttle();
    stage.cluster.nodes(5);
    stage.process.triggers.targetsChanged();
    work();
    stage.cloud.inject(Fault.Script.none());

    stage.cluster.delete("default/web");
    work();

    assertThat(stage.cluster.names()).isEmpty();
    assertThat(stage.cloud.truth()).isEmpty();
  }

  private void throttle() {
    stage.cloud.inject(HoldBackTest::refused);
  }

  private static Fault refused(Call call) {
    return call.mutating()
        ? new Fault.Refuse(() -> new CloudException.Throttled("slow down", PAUSE, null))
        : new Fault.None();
  }

  private void work() {
    while (stage.workOnce()) {
      // until nothing is ready
    }
  }
}
