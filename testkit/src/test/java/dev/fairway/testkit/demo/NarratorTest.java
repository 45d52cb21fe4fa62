// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NarratorTest {
  private final ByteArrayOutputStream progress = new ByteArrayOutputStream();
  private final ByteArrayOutputStream scene = new ByteArrayOutputStream();
  private final Instant start = Instant.parse("2030-01-01T00:00:00Z");
  private final Narrator narrator =
      new Narrator(() -> start.plusMillis(3249), start, stream(progress), stream(scene));

  @Test
  void progressCarriesTheTimeSinceTheStart() {
    narrator.step("kube-proxy on 3 nodes");

    assertThat(progress.toString(StandardCharsets.UTF_8))
        .isEqualTo("[  3.2 s] kube-proxy on 3 nodes\n");
    assertThat(scene.size()).isZero();
  }

  @Test
  void whatAUserWouldSeeStandsApart() {
    narrator.show("kubectl get svc", "NAME\nweb\n\n");

    assertThat(scene.toString(StandardCharsets.UTF_8))
        .isEqualTo("\n$ kubectl get svc\nNAME\nweb\n");
    assertThat(progress.size()).isZero();
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
