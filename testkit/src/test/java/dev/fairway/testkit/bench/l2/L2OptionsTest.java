// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class L2OptionsTest {
  @Test
  void byDefaultAllIsMeasuredInTheSizesOfItsKeys() {
    assertThat(L2Options.parse(List.of()))
        .isEqualTo(
            new L2Options(
                false, List.of(Theme.values()), 20, 1_000, 10_000, Duration.ofSeconds(60)));
  }

  @Test
  void everySizeCanBeSetAndOnePartChosen() {
    var words = "--json --rounds 2 --services 3 --only kill --wide-services 4 --idle-seconds 5";

    assertThat(L2Options.parse(List.of(words.split(" ", -1))))
        .isEqualTo(new L2Options(true, List.of(Theme.KILL), 2, 3, 4, Duration.ofSeconds(5)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--rounds 0", "--rounds", "--nodes 5", "--only us", "--idle-seconds soon"})
  void whatMakesNoSenseIsRefusedByItsName(String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> L2Options.parse(List.of(words.split(" ", -1))))
        .withMessageContaining(words.split(" ", -1)[0]);
  }
}
