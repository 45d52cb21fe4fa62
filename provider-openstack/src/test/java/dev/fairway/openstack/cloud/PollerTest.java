// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.openstack.cloud.Inventory.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  @Test
  void whatJustBeganIsLookedAtSoon() {
    assertThat(pause(Duration.ZERO)).isEqualTo(SHORTEST);
    assertThat(pause(Duration.ofSeconds(4))).isEqualTo(SHORTEST);
  }

  @Test
  void whatTakesLongIsLookedAtEverMoreSeldom() {
    assertThat(pause(Duration.ofSeconds(15))).isEqualTo(Duration.ofSeconds(3));
    assertThat(pause(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void theYoungestDecidesForAll() {
    assertThat(pause(Duration.ofHours(1), Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(2));
  }

  private static Duration pause(Duration... ages) {
    return Poller.pause(
        List.of(ages).stream().map(age -> new Waiting("lb", true, NOW.minus(age))).toList(),
        NOW,
        SHORTEST);
  }
}
