// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GapTest {
  @Test
  void theLongestTimeBetweenTwoAnswersCounts() {
    assertThat(Gap.longest(List.of(100L, 105L, 140L, 145L, 160L), 90, 165))
        .isEqualTo(new Gap(105, 140));
  }

  @Test
  void aGapBeginsWithTheLastAnswerBeforeTheTimeThatIsLookedAt() {
    assertThat(Gap.longest(List.of(100L, 150L, 155L), 120, 160)).isEqualTo(new Gap(100, 150));
  }

  @Test
  void aGapThatWasOverBeforeDoesNotCount() {
    assertThat(Gap.longest(List.of(10L, 100L, 105L, 112L), 102, 112)).isEqualTo(new Gap(105, 112));
  }

  @Test
  void aGapThatBeganLaterDoesNotCount() {
    assertThat(Gap.longest(List.of(100L, 110L, 200L), 95, 105)).isEqualTo(new Gap(100, 110));
  }

  @Test
  void withoutAnAnswerAfterItTheGapLastsToTheEnd() {
    assertThat(Gap.longest(List.of(100L, 105L), 95, 300)).isEqualTo(new Gap(105, 300));
    assertThat(Gap.longest(List.of(), 95, 300)).isEqualTo(new Gap(95, 300));
  }

  @Test
  void itsLengthIsToldInMilliseconds() {
    assertThat(new Gap(1_000_000, 3_500_000).millis()).isEqualTo(2.5);
  }
}
