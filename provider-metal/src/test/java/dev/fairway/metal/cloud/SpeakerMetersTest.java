// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.l2.AnswerTimes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeakerMetersTest {
  @Test
  void answerTimesBecomeBucketsInSecondsAndNoneIsLost() {
    var counts = new ArrayList<>(AnswerTimes.NONE.counts());
    counts.set(0, 1L); // less than a microsecond
    counts.set(4, 2L); // less than 16
    counts.set(10, 4L); // less than 1024
    counts.set(26, 8L); // a minute

    var histogram = SpeakerMeters.distribution(new AnswerTimes(counts, 61_000_000, 60_000_000));

    assertThat(histogram.bounds()).hasSize(17).startsWith(0.000016).endsWith(1.048576);
    assertThat(histogram.counts()).startsWith(3L, 0L).endsWith(0L, 8L);
    assertThat(histogram.counts().get(6)).isEqualTo(4L);
    assertThat(histogram.sum()).isEqualTo(61.0);
    assertThat(histogram.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(15);
  }

  @Test
  void withoutAnyAnswerTheHistogramIsEmpty() {
    assertThat(SpeakerMeters.distribution(AnswerTimes.NONE).counts())
        .isEqualTo(List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
  }
}
