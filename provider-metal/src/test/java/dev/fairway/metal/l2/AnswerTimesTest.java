// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerTimesTest {

  private final InterfaceCounters counters = new InterfaceCounters();

  @Test
  void quantilesAreRightWithinAFactorOfTwo() {
    for (int micros = 1; micros <= 1_000; micros++) {
      counters.answered(micros);
    }

    AnswerTimes times = counters.now().times();

    assertThat(times.count()).isEqualTo(1_000);
    assertThat(times.sumMicros()).isEqualTo(500_500);
    assertThat(times.maxMicros()).isEqualTo(1_000);
    assertThat(times.quantileMicros(0.5)).isBetween(500L, 1_000L);
    assertThat(times.quantileMicros(0.1)).isBetween(100L, 200L);
    assertThat(times.quantileMicros(1)).isEqualTo(1_000);
  }

  @Test
  void everyTimeHasItsPlace() {
    counters.answered(0);
    counters.answered(Long.MAX_VALUE / 2);

    assertThat(counters.now().times().counts().getFirst()).isEqualTo(1);
    assertThat(counters.now().times().counts().getLast()).isEqualTo(1);
  }

  @Test
  void withoutAnAnswerAllIsZero() {
    assertThat(counters.now()).isEqualTo(L2Counters.NONE);
    assertThat(AnswerTimes.NONE.quantileMicros(0.99)).isZero();
  }

  @Test
  void interfacesAddUp() {
    counters.answered(3);
    AnswerTimes one = counters.now().times();

    assertThat(one.plus(one).count()).isEqualTo(2);
    assertThat(one.plus(one).sumMicros()).isEqualTo(6);
    assertThat(one.plus(AnswerTimes.NONE)).isEqualTo(one);
  }

  @Test
  void clockThatWasSetIsNotTakenForASlowAnswer() {
    InterfaceRecord record = InterfaceRecord.fresh();

    record.answered(Optional.of(Instant.now().plus(Duration.ofHours(1))));
    record.answered(Optional.of(Instant.now().minus(Duration.ofHours(1))));
    record.answered(Optional.empty());

    assertThat(record.counters().now().times()).isEqualTo(AnswerTimes.NONE);
  }
}
