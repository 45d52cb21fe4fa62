// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private static final Optional<String> THERE = Optional.of("metallb-system");

  @Test
  void whoIsReplacedIsNotGone() {
    var missed = Presence.NOBODY.after(THERE).after(Optional.empty());

    assertThat(missed.where()).isEqualTo(THERE);
    assertThat(missed.after(THERE).after(Optional.empty()).where()).isEqualTo(THERE);
  }

  @Test
  void whoIsNotFoundTwiceIsGone() {
    var missed = Presence.NOBODY.after(THERE).after(Optional.empty());

    assertThat(missed.after(Optional.empty())).isEqualTo(Presence.NOBODY);
  }

  @Test
  void looksAreCloseWhileSomebodyIsThere() {
    assertThat(Presence.NOBODY.next()).isEqualTo(Presence.FAR);
    assertThat(Presence.NOBODY.after(Optional.empty()).next()).isEqualTo(Presence.FAR);
    assertThat(Presence.NOBODY.after(THERE).next()).isEqualTo(Presence.CLOSE);
    assertThat(Presence.NOBODY.after(THERE).after(Optional.empty()).next())
        .isEqualTo(Presence.CLOSE);
  }
}
