// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondsTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @Test
  void aSecondIsOverWhenTheNextBegins() {
    assertThat(Seconds.over("2026-11-01T12:00:00", NOON.plusMillis(999))).isFalse();
    assertThat(Seconds.over("2026-11-01T12:00:00", NOON.plusMillis(1_000))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-11-01T12:00:00Z"})
  void whatIsNoSecondIsOver(String text) {
    assertThat(Seconds.over(text, NOON)).isTrue();
  }
}
