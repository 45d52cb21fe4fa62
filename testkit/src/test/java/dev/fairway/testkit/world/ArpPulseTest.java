// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.world.ArpPulse.Answer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArpPulseTest {
  private static final MacAddress A = new MacAddress("02:00:00:00:00:0a");
  private static final MacAddress B = new MacAddress("02:00:00:00:00:0b");
  private static final long MILLI = 1_000_000;
  private static final long PIECE = 20 * MILLI;

  @Test
  void oneAfterTheOtherIsNotTogether() {
    assertThat(together(answers(A, 0, 1000), answers(B, 1300, 2000))).isZero();
  }

  @Test
  void whoGoesOnBesideTheOtherIsTogetherWithIt() {
    assertThat(together(answers(A, 0, 1100), answers(B, 1000, 2000)))
        .isBetween(Duration.ofMillis(80), Duration.ofMillis(140));
  }

  @Test
  void twoShortTimesAreNotOneLongTime() {
    assertThat(together(answers(A, 0, 1060), answers(B, 1000, 5000), answers(A, 3000, 3060)))
        .isLessThanOrEqualTo(Duration.ofMillis(100));
  }

  @Test
  void aLostAnswerDoesNotEndIt() {
    var lossy = answers(B, 1000, 1400).stream().filter(a -> a.atNanos() / PIECE % 5 != 0).toList();

    assertThat(together(answers(A, 0, 1400), lossy)).isGreaterThan(Duration.ofMillis(300));
  }

  private static List<Answer> answers(MacAddress mac, int fromMillis, int toMillis) {
    return IntStream.iterate(fromMillis, at -> at < toMillis, at -> at + 5)
        .mapToObj(at -> new Answer(at * MILLI, mac))
        .toList();
  }

  @SafeVarargs
  private static Duration together(List<Answer>... all) {
    return ArpPulse.together(
        Stream.of(all)
            .flatMap(List::stream)
            .sorted(Comparator.comparingLong(Answer::atNanos))
            .toList(),
        PIECE);
  }
}
