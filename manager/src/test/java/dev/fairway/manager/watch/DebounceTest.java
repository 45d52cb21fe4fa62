// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DebounceTest {
  private final Debounce idle = Debounce.of(Duration.ofSeconds(1), Duration.ofSeconds(5));

  @Test
  void aSingleChangeIsOverAfterTheQuietTime() {
    var burst = idle.changed(at(0));

    assertThat(burst.over(at(999))).isFalse();
    assertThat(burst.over(at(1000))).isTrue();
    assertThat(idle.over(at(1000))).isFalse();
  }

  @Test
  void eachChangeProlongsTheBurst() {
    assertThat(idle.changed(at(0)).changed(at(900)).over(at(1500))).isFalse();
  }

  @Test
  void aBurstThatDoesNotEndIsCutOff() {
    var burst = idle;
    for (var millis = 0; millis < 5000; millis += 100) {
      burst = burst.changed(at(millis));
    }

    assertThat(burst.over(at(4999))).isFalse();
    assertThat(burst.over(at(5000))).isTrue();
    assertThat(burst.reset().over(at(9000))).isFalse();
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
