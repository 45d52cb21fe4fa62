// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
  @ParameterizedTest
  @CsvSource({
    "5s,PT5S",
    "1m30s,PT1M30S",
    "1.5h,PT1H30M",
    "300ms,PT0.3S",
    "0,PT0S",
    "2h45m,PT2H45M",
    "250us,PT0.00025S",
    "7ns,PT0.000000007S",
    "100000h,PT100000H"
  })
  void readsWhatGoWrites(String text, Duration duration) {
    assertThat(GoDuration.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "5 s", "s", "-5s", "5x", "five", "1h 2m", ""})
  void refusesTheRest(String text) {
    assertThat(GoDuration.parse(text)).isEmpty();
  }
}
