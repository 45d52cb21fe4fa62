// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.demo.Streak.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreakTest {
  private static final Streak THREE = new Streak(3);

  @Test
  void theFirstOfEnoughSuccessesInARowCounts() {
    assertThat(THREE.begin(probes("x.oo.ooxoo"))).isEmpty();
    assertThat(THREE.begin(probes("..o..ooooo"))).hasValue(5);
  }

  @Test
  void aProbeUnderWayBreaksTheRow() {
    assertThat(THREE.begin(probes("oo?oo"))).isEmpty();
    assertThat(THREE.begin(probes("oo?ooo"))).hasValue(3);
  }

  // o: answered, ?: under way, anything else: failed.
  private static List<Probe> probes(String outcomes) {
    return IntStream.range(0, outcomes.length())
        .mapToObj(i -> probe(Duration.ofMillis(10L * i), outcomes.charAt(i)))
        .toList();
  }

  private static Probe probe(Duration sent, char outcome) {
    return new Probe(
        sent,
        switch (outcome) {
          case 'o' -> CompletableFuture.completedFuture(Optional.of(sent.plusMillis(1)));
          case '?' -> new CompletableFuture<>();
          default -> CompletableFuture.completedFuture(Optional.empty());
        });
  }
}
