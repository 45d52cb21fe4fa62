// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fairway.testkit.bench.SideName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenStackOptionsTest {
  @Test
  void byDefaultBothSidesAreMeasuredAtARealOpenStack() {
    assertThat(OpenStackOptions.parse(List.of()))
        .isEqualTo(
            new OpenStackOptions(
                false,
                false,
                List.of(SideName.FAIRWAY, SideName.REFERENCE),
                new OpenStackOptions.Sizes(20, 50, 1_000, 100),
                Duration.ofSeconds(5),
                30));
  }

  @Test
  void everySizeCanBeSet() {
    var options =
        OpenStackOptions.parse(
            List.of(
                ("--json --simulated --only fairway --services 2 --token-services 3"
                        + " --wide-services 4 --wide-nodes 6 --boot-millis 500 --audit-seconds 12")
                    .split(" ")));

    assertThat(options)
        .isEqualTo(
            new OpenStackOptions(
                true,
                true,
                List.of(SideName.FAIRWAY),
                new OpenStackOptions.Sizes(2, 3, 4, 6),
                Duration.ofMillis(500),
                12));
    assertThat(options.rest()).isEqualTo(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--services 0",
        "--services",
        "--nodes 5",
        "--only us",
        "--boot-millis soon",
        "--audit-seconds 0"
      })
  void whatMakesNoSenseIsRefusedByItsName(String words) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OpenStackOptions.parse(List.of(words.split(" "))))
        .withMessageContaining(words.split(" ")[0]);
  }
}
