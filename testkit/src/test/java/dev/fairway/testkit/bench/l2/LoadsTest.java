// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadsTest {
  @Test
  void theRatioIsThatOfTheMostByTheMean() {
    var loads = Loads.of(List.of("a", "a", "a", "b", "b", "c"), List.of("a", "b", "c"));

    assertThat(loads.ratio()).isEqualTo(1.5);
  }

  @Test
  void aNodeThatAnswersForNothingCountsForTheMean() {
    assertThat(Loads.of(List.of("a", "b"), List.of("a", "b", "c", "d")).ratio()).isEqualTo(2);
  }

  @Test
  void withoutAddressesAllAreEqual() {
    assertThat(Loads.of(List.of(), List.of("a", "b")).ratio()).isEqualTo(1);
  }
}
