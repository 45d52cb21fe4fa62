// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.testkit.bench.Launch;
import dev.fairway.testkit.bench.l2.L2Bench;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `./fairway bench l2` with the smallest sizes. Its times depend on the machine; here it matters
/// that each was taken, and is one that can be.
class L2BenchIT {
  private static final String SIZES =
      "--json --rounds 1 --services 20 --wide-services 20 --idle-seconds 3";
  private static final List<String> KEYS =
      List.of(
          "failoverLinkCutP50Millis",
          "failoverLinkCutP99Millis",
          "failoverFastProfileP99Millis",
          "takeoverAfterKillP99Millis",
          "failoverThroughRouterP99Millis",
          "twoOwnersMaxMillis",
          "rounds",
          "drainLostConnections",
          "movedBackOnReturn",
          "maxNodeLoadRatio",
          "arpP50Micros",
          "arpP99Micros",
          "kernelArpP50Micros",
          "allocPerSecondAt90PercentFill",
          "alloc16000Seconds",
          "create1000Seconds",
          "address1000Seconds",
          "apiWritesPerService",
          "speakerRssMiBAt1000Vips",
          "controllerRssMiBAt10000Services",
          "idleApiWritesPerMinute");

  @Test
  void everyFigureIsMeasured() throws IOException {
    var out = new ByteArrayOutputStream();
    var code =
        L2Bench.run(
            List.of(SIZES.split(" ")),
            new Launch("l2", System.getenv()),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    var result = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));

    assertThat(result.path("notMeasured")).as(result.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(KEYS).allMatch(key -> result.path(key).isNumber());
    assertThat(result.path("clock").asText()).contains("5 ms");
    assertThat(number(result, "rounds")).isEqualTo(1);
    // Who finds out sooner than by two heartbeats that are missing has heard of it.
    assertThat(number(result, "failoverLinkCutP99Millis")).isBetween(200.0, 20_000.0);
    assertThat(number(result, "failoverFastProfileP99Millis")).isBetween(60.0, 20_000.0);
    assertThat(number(result, "takeoverAfterKillP99Millis")).isBetween(200.0, 20_000.0);
    // One node of three may have all: on a busy machine owners that are late are taken for lost.
    assertThat(number(result, "maxNodeLoadRatio")).isBetween(1.0, 3.0);
    assertThat(number(result, "arpP50Micros"))
        .isPositive()
        .isLessThanOrEqualTo(number(result, "arpP99Micros"));
    assertThat(number(result, "address1000ByCreate1000")).isGreaterThan(0.9);
    assertThat(number(result, "apiWritesPerService")).isBetween(2.0, 20.0);
    assertThat(number(result, "speakerRssMiBAt1000Vips")).isBetween(30.0, 300.0);
    assertThat(result.path("details").path("drain")).hasSize(3);
  }

  private static double number(JsonNode result, String key) {
    return result.required(key).asDouble();
  }
}
