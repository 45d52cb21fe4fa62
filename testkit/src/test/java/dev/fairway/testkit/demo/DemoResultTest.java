// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoResultTest {
  @Test
  void theJsonIsOneLineWithExactlyTheseKeys() throws Exception {
    String json = result(true, true, true).json();

    assertThat(json.lines()).hasSize(1);
    assertThat(new ObjectMapper().readValue(json, Map.class))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "service",
                "default/example-service",
                "externalIp",
                "10.13.242.0",
                "ports",
                "8765:30123/TCP",
                "vipAnswers",
                true,
                "vipAnswersThroughRouter",
                true,
                "nodePortAnswers",
                true,
                "secondsToAddress",
                0.11,
                "failoverMillis",
                812,
                "kubernetesVersion",
                "v1.37.0"));
  }

  @Test
  void oneMissingAnswerIsAFailure() {
    assertThat(result(true, true, true).allAnswered()).isTrue();
    assertThat(result(false, true, true).allAnswered()).isFalse();
    assertThat(result(true, false, true).allAnswered()).isFalse();
    assertThat(result(true, true, false).allAnswered()).isFalse();
  }

  private static DemoResult result(boolean vip, boolean routed, boolean nodePorts) {
    return new DemoResult(
        "default/example-service",
        "10.13.242.0",
        "8765:30123/TCP",
        vip,
        routed,
        nodePorts,
        0.11,
        812L,
        "v1.37.0");
  }
}
