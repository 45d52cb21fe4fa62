// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fairway.testkit.bench.SideName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsOptionsTest {
  @Test
  void byDefaultBothSidesAreMeasuredWith100And500Services() {
    assertThat(AwsOptions.parse(List.of()))
        .isEqualTo(
            new AwsOptions(
                false,
                List.of(SideName.FAIRWAY, SideName.REFERENCE),
                new AwsOptions.Sizes(100, 500, 200),
                Duration.ofMillis(100)));
  }

  @Test
  void theSmallerNumberIsThatOfTheServicesThatAreCreated() {
    var options = AwsOptions.parse(List.of("--services", "40,8", "--only", "reference", "--json"));

    assertThat(options.sizes()).isEqualTo(new AwsOptions.Sizes(8, 40, 200));
    assertThat(options.sides()).containsExactly(SideName.REFERENCE);
    assertThat(options.json()).isTrue();
  }

  @Test
  void oneNumberIsForEverything() {
    var options =
        AwsOptions.parse(
            List.of("--services", "7", "--storm-services", "3", "--latency-millis", "5"));

    assertThat(options.sizes()).isEqualTo(new AwsOptions.Sizes(7, 7, 3));
    assertThat(options.latency()).hasMillis(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--services 0", "--services 5,", "--services", "--nodes 5", "--only us"})
  void whatMakesNoSenseIsRefusedByItsName(String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AwsOptions.parse(List.of(words.split(" "))))
        .withMessageContaining(words.split(" ")[0]);
  }
}
