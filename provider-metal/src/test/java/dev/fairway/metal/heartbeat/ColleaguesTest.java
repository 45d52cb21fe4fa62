// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.net.MacAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColleaguesTest {
  private static final MacAddress A = new MacAddress(0x0200_0000_000AL);
  private static final MacAddress B = new MacAddress(0x0200_0000_000BL);

  private final Colleagues colleagues = new Colleagues(_ -> {});

  @Test
  void aSpeakerIsKnownByItsHeartbeatsBeforeTheApiServerTells() {
    assertThat(colleagues.isSpeaker(A)).isFalse();

    colleagues.heard("a", List.of(A));

    assertThat(colleagues.isSpeaker(A)).isTrue();
    assertThat(colleagues.isSpeaker(B)).isFalse();
  }

  @Test
  void aSpeakerThatIsNotHeardIsKnownByWhatItHasWritten() {
    colleagues.roster(new Roster(List.of(), Map.of(), Set.of(B)));
    colleagues.heard("a", List.of(A));

    assertThat(colleagues.isSpeaker(A)).isTrue();
    assertThat(colleagues.isSpeaker(B)).isTrue();
  }

  @Test
  void aNodeWithAnotherInterfaceHasLostTheOldOne() {
    colleagues.heard("a", List.of(A));
    colleagues.heard("a", List.of(B));

    assertThat(colleagues.isSpeaker(A)).isFalse();
    assertThat(colleagues.isSpeaker(B)).isTrue();
  }
}
