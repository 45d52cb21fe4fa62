// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpeakerLivenessTest {
  private static final Duration SILENCE = Duration.ofSeconds(3);

  @Test
  void aSpeakerThatFallsSilentWhileOthersAreHeardIsNotAlive() {
    var liveness = start().heard("a", "1", at(0)).heard("b", "1", at(0));
    for (var second = 1; second <= 3; second++) {
      liveness = liveness.heard("b", "v" + second, at(second * 1000));
    }

    assertThat(liveness.alive(at(2_999))).containsExactlyInAnyOrder("a", "b");
    assertThat(liveness.alive(at(3_000))).containsExactly("b");
  }

  @Test
  void aSignOfLifeSeenTwiceCountsOnce() {
    var liveness = start().heard("a", "1", at(0));
    for (var second = 0; second <= 2; second++) {
      liveness =
          liveness.heard("b", "v" + second, at(second * 1000)).heard("a", "1", at(second * 1000));
    }

    assertThat(liveness.alive(at(3_000))).containsExactly("b");
  }

  @Test
  void whenAllAreSilentNobodyIsDeclaredDead() {
    var liveness = start().heard("a", "1", at(0)).heard("b", "1", at(100));

    assertThat(liveness.alive(at(60_000))).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void afterAnOutageEverybodyGetsTheWholeTimeAgain() {
    var liveness =
        start().heard("a", "1", at(0)).heard("b", "1", at(0)).heard("a", "2", at(60_000));

    assertThat(liveness.alive(at(60_100))).containsExactlyInAnyOrder("a", "b");
    for (var second = 61; second <= 63; second++) {
      liveness = liveness.heard("a", "v" + second, at(second * 1000));
    }
    assertThat(liveness.alive(at(63_000))).containsExactly("a");
  }

  @Test
  void whoSaysGoodbyeIsGoneAtOnce() {
    assertThat(start().heard("a", "1", at(0)).heard("b", "1", at(0)).gone("a").alive(at(1)))
        .containsExactly("b");
  }

  private static SpeakerLiveness start() {
    return SpeakerLiveness.none(SILENCE, at(0));
  }

  private static Instant at(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
