// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {
  @Test
  void theOptionsMayStandInAnyOrder() {
    assertThat(DemoOptions.parse(List.of())).isEqualTo(new DemoOptions(false, false));
    assertThat(DemoOptions.parse(List.of("--keep", "--json")))
        .isEqualTo(new DemoOptions(true, true));
  }

  @Test
  void anUnknownOptionIsNamedTogetherWithThoseThereAre() {
    assertThatThrownBy(() -> DemoOptions.parse(List.of("--jsn")))
        .hasMessage("unknown option --jsn; there are --json and --keep");
  }
}
