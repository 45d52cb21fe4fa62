// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.manager.reconcile.MovedClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeChangesTest {
  private final MovedClock clock = new MovedClock();
  private final AtomicInteger flushes = new AtomicInteger();
  private Runnable flush = flushes::incrementAndGet;
  private final NodeChanges changes = new NodeChanges(clock, () -> flush.run());

  @AfterEach
  void close() {
    changes.close();
  }

  @Test
  void aHundredNodesWithinFiveSecondsAreOneChange() {
    for (var n = 0; n < 100; n++) {
      changes.changed();
      pass(Duration.ofMillis(49));
    }
    assertThat(flushes).hasValue(0);

    pass(Duration.ofSeconds(2));
    assertThat(flushes).hasValue(1);
  }

  @Test
  void changesThatNeverEndArePassedOnOnceInEachWindow() {
    for (var n = 0; n < 600; n++) {
      changes.changed();
      pass(Duration.ofMillis(100));
    }

    assertThat(flushes.get()).isBetween(10, 12);
  }

  @Test
  void theEndOfADrainIsKeptThoughNothingChanges() {
    changes.atLatest(clock.instant().plusSeconds(30));

    pass(Duration.ofSeconds(29));
    assertThat(flushes).hasValue(0);
    pass(Duration.ofSeconds(2));
    assertThat(flushes).hasValue(1);
    pass(Duration.ofSeconds(60));
    assertThat(flushes).hasValue(1);
  }

  @Test
  void whatFailsIsTriedAgain() {
    flush =
        () -> {
          if (flushes.incrementAndGet() == 1) {
            throw new IllegalStateException("not now");
          }
        };
    changes.changed();

    pass(Duration.ofSeconds(10));

    assertThat(flushes).hasValue(2);
  }

  private void pass(Duration time) {
    var end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      clock.advance(Duration.ofMillis(Math.min(100, time.toMillis())));
      changes.tick();
    }
  }
}
