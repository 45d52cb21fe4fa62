// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
  @Test
  void withoutOptionsBothSidesAreMeasured() {
    var options = BenchOptions.parse(List.of());

    assertThat(options.sides()).containsExactly(SideName.FAIRWAY, SideName.REFERENCE);
    assertThat(options.json()).isFalse();
    assertThat(options.workers()).as("the reference's own default").isEqualTo(1);
  }

  @Test
  void sizesAndSidesAreRead() {
    var options =
        BenchOptions.parse(
            List.of("--services", "5000", "--json", "--nodes", "1000", "--only", "fairway"));

    assertThat(options.sizes().services()).isEqualTo(5_000);
    assertThat(options.sizes().nodes()).isEqualTo(1_000);
    assertThat(options.sides()).containsExactly(SideName.FAIRWAY);
    assertThat(options.json()).isTrue();
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatThrownBy(() -> BenchOptions.parse(List.of("--service", "5")))
        .hasMessageContaining("--service;")
        .hasMessageContaining("--services");
    assertThatThrownBy(() -> BenchOptions.parse(List.of("--nodes", "0")))
        .hasMessageContaining("'0'");
    assertThatThrownBy(() -> BenchOptions.parse(List.of("--nodes")))
        .hasMessageContaining("needs a value");
    assertThatThrownBy(() -> BenchOptions.parse(List.of("--only", "me")))
        .hasMessageContaining("'me'");
  }
}
