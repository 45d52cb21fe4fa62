// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.testkit.bench.Launch;
import dev.fairway.testkit.bench.openstack.OpenStackBench;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `./fairway bench openstack` with the smallest sizes, of Fairway alone, at the simulated
/// OpenStack.
class OpenStackBenchIT {
  private static final String SIZES =
      "--json --simulated --only fairway --services 2 --token-services 4 --wide-services 3"
          + " --wide-nodes 6 --boot-millis 1000 --audit-seconds 9";

  @Test
  void everyFigureIsMeasuredAndHoldsTheBudgetOfCalls() throws IOException {
    var out = new ByteArrayOutputStream();
    var code =
        OpenStackBench.run(
            List.of(SIZES.split(" ")),
            new Launch("openstack", System.getenv()),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    var result = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));

    assertThat(result.path("notMeasured")).as(result.toString()).isEmpty();
    assertThat(result.path("wide").path("notMeasured")).isEmpty();
    assertThat(code).isZero();
    assertThat(result.path("details").path("mutatingCallsOfCREATE").asInt()).isEqualTo(2);
    assertThat(number(result, "noopResyncCalls")).isBetween(1.0, 4.0);
    assertThat(number(result, "nodeChurnCallsPerPool")).isEqualTo(1);
    assertThat(number(result, "tokenRefreshesUnder50Workers")).isEqualTo(1);
    assertThat(number(result, "crashPoints")).isPositive();
    assertThat(number(result, "leakedAfterCrash")).isZero();
    assertThat(number(result.path("wide"), "resyncCalls")).isBetween(1.0, 4.0);
    assertThat(number(result.path("wide"), "heapRatio")).isBetween(0.5, 1.5);
  }

  private static double number(JsonNode result, String key) {
    return result.required(key).asDouble();
  }
}
