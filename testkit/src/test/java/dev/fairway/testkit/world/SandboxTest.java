// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SandboxTest {
  @Test
  void outsideOfASandboxOneLineSaysHowToGetOne() {
    assertThatThrownBy(() -> Sandbox.require(Map.of()))
        .hasMessage("FAIRWAY_SANDBOX=1 is not set: this needs a sandbox; run it by ./fairway test");
    assertThatCode(() -> Sandbox.require(Map.of("FAIRWAY_SANDBOX", "1")))
        .doesNotThrowAnyException();
  }
}
