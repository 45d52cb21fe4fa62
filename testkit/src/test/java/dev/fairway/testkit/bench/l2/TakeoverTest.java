// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.fairway.testkit.world.ArpPulse.Answer;
import dev.fairway.testkit.world.MacAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakeoverTest {
  private static final MacAddress OLD = new MacAddress("02:00:00:00:00:01");
  private static final MacAddress NEW = new MacAddress("02:00:00:00:00:02");

  @Test
  void itLastsFromTheLossToTheFirstAnswerOfAnother() {
    var answers = List.of(at(90, OLD), at(400, NEW), at(405, NEW));

    assertThat(Takeover.of(answers, OLD, millis(100))).isEqualTo(new Takeover(NEW, 300));
  }

  @Test
  void anAnswerOfTheOldOneTellsThatItWasNotLostYet() {
    var answers = List.of(at(90, OLD), at(110, OLD), at(400, NEW));

    assertThat(Takeover.of(answers, OLD, millis(100)).millis()).isEqualTo(290);
  }

  @Test
  void whoAnsweredBeforeTheLossDidNotTakeOver() {
    var answers = List.of(at(80, NEW), at(400, NEW));

    assertThat(Takeover.of(answers, OLD, millis(100)).millis()).isEqualTo(300);
  }

  @Test
  void withoutAnotherThereIsNoTimeToTell() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Takeover.of(List.of(at(110, OLD)), OLD, millis(100)))
        .withMessageContaining(OLD.text());
  }

  private static Answer at(long millis, MacAddress mac) {
    return new Answer(millis(millis), mac);
  }

  private static long millis(long millis) {
    return millis * 1_000_000;
  }
}
