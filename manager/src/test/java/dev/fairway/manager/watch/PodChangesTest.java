// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.manager.reconcile.MovedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PodChangesTest {
  private static final LoadBalancerKey WEB = LoadBalancerKey.ofService("default", "web");
  private static final LoadBalancerKey BUSY = LoadBalancerKey.ofService("default", "busy");
  private final MovedClock clock = new MovedClock();
  private final List<LoadBalancerKey> told = new ArrayList<>();
  private Consumer<LoadBalancerKey> listener = told::add;
  private final PodChanges changes = new PodChanges(clock, key -> listener.accept(key));

  @AfterEach
  void close() {
    changes.close();
  }

  @Test
  void aBurstOfPodsIsOneChange() {
    for (var n = 0; n < 10; n++) {
      changes.changed(WEB);
      pass(Duration.ofMillis(400));
    }
    assertThat(told).isEmpty();

    pass(Duration.ofSeconds(1));
    assertThat(told).containsExactly(WEB);
    pass(Duration.ofSeconds(10));
    assertThat(told).hasSize(1);
  }

  @Test
  void oneThatNeverRestsIsToldInEachWindowAndDelaysNoOther() {
    changes.changed(WEB);
    for (var n = 0; n < 60; n++) {
      changes.changed(BUSY);
      pass(Duration.ofMillis(100));
    }

    assertThat(told).containsExactly(WEB, BUSY);
  }

  @Test
  void whatFailsIsTriedAgain() {
    listener =
        key -> {
          told.add(key);
          if (told.size() == 1) {
            throw new IllegalStateException("not now");
          }
        };
    changes.changed(WEB);

    pass(Duration.ofSeconds(10));

    assertThat(told).containsExactly(WEB, WEB);
  }

  private void pass(Duration time) {
    for (var left = time; left.isPositive(); left = left.minusMillis(100)) {
      clock.advance(Duration.ofMillis(100));
      changes.tick();
    }
  }
}
