// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.plan.Note;
import dev.fairway.metal.model.Answering;
import dev.fairway.metal.pool.IpAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VipNewsTest {
  private static final IpAddress VIP = IpAddress.of("10.13.242.7");
  private static final String LOST = "node-1 was not heard for 300 ms";

  private final VipNews news = new VipNews();

  @Test
  void aMoveSaysFromWhereToWhereAndWhy() {
    tell(by("node-1", "it is the first in the list of owners"));

    assertThat(tell(by("node-2", LOST)))
        .contains(Note.info("VipMoved", "10.13.242.7 moved from node-1 to node-2, as " + LOST));
    assertThat(tell(by("node-2", LOST))).isEmpty();
  }

  @Test
  void aMomentInWhichNobodySaysThatItAnswersHidesNoMove() {
    tell(by("node-1", ""));
    assertThat(tell(Optional.empty())).isEmpty();

    assertThat(tell(by("node-2", "")))
        .map(Note::message)
        .contains("10.13.242.7 moved from node-1 to node-2");
  }

  @Test
  void whoComesBackWithoutAnotherInBetweenHasNotMoved() {
    tell(by("node-1", ""));
    tell(Optional.empty());

    assertThat(tell(by("node-1", ""))).isEmpty();
  }

  @Test
  void whatWasSoWhenItWasSeenFirstIsNoNews() {
    assertThat(tell(by("node-1", ""))).isEmpty();
  }

  @Test
  void aVipThatWasDeletedAndMadeAnewIsSeenForTheFirstTime() {
    tell(by("node-1", ""));
    news.forget(VIP);

    assertThat(tell(by("node-2", ""))).isEmpty();
  }

  private Optional<Note> tell(Optional<Answering> answering) {
    return news.of(VIP, answering);
  }

  private static Optional<Answering> by(String node, String reason) {
    return Optional.of(new Answering(node, "52:54:00:00:00:0a", "eth0", "", reason, true));
  }
}
