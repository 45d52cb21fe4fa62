// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.manager.election.Fence;
import dev.fairway.testkit.sim.SimulatedCloud;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// A process that loses its Lease, at every point at which it can happen.
class FenceTest {
  private static final Duration RENEW_DEADLINE = Duration.ofSeconds(10);

  @Test
  void afterAPauseNothingIsWrittenAnyMoreWhereverItCame() {
    var points = 0;
    for (var pausedAt = 1; pausedAt < 100; pausedAt++) {
      var pause = new Pause(pausedAt);
      pause.stage.cluster.create("default/web", service -> service.port(80));
      pause.stage.quiet();
      if (!pause.happened()) {
        break;
      }
      points++;
      assertThat(pause.stage.cloud.mutatingCalls()).isEqualTo(pause.callsBefore);
      assertThat(pause.stage.cluster.writes).hasSize(pause.writesBefore);
      assertThat(pause.stage.process.results).contains("fenced");
    }
    assertThat(points).isGreaterThanOrEqualTo(6);
  }

  /// The clock jumps while the n-th question of the fence is about to be asked.
  private static final class Pause {
    private final AtomicReference<Instant> renewed = new AtomicReference<>();
    private final AtomicInteger left;
    private final Stage stage;
    private long callsBefore;
    private int writesBefore;

    Pause(int at) {
      left = new AtomicInteger(at);
      stage =
          new Stage(SimulatedCloud.Options.ideal(), false, parts -> parts.withFence(fence(parts)));
    }

    private Fence fence(ControllerProcess.Parts parts) {
      renewed.set(parts.clock().instant());
      return () -> {
        if (left.decrementAndGet() == 0) {
          callsBefore = parts.cloud().mutatingCalls();
          writesBefore = parts.cluster().writes.size();
          parts.clock().advance(RENEW_DEADLINE.multipliedBy(2));
        } else if (left.get() > 0) {
          renewed.set(parts.clock().instant());
        }
        if (Duration.between(renewed.get(), parts.clock().instant()).compareTo(RENEW_DEADLINE)
            > 0) {
          throw new Fence.Lost("paused for too long");
        }
      };
    }

    boolean happened() {
      return left.get() <= 0;
    }
  }
}
