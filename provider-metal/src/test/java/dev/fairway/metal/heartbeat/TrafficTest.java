// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.metal.failover.Envelope;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private final Traffic traffic = new Traffic("node-1");

  @Test
  void whatIsMissingBetweenTwoNumbersWasMissed() {
    hear("node-2", 7, 41, 42, 45, 46);

    assertThat(traffic.received()).isEqualTo(4);
    assertThat(traffic.missed()).isEqualTo(2);
  }

  @Test
  void copiesAndMessagesToOthersDoNotCount() {
    hear("node-2", 7, 1, 1, 2, 2);
    traffic.heard(envelope("node-2", "node-3", 7, 90));

    assertThat(traffic.received()).isEqualTo(2);
    assertThat(traffic.missed()).isZero();
  }

  @Test
  void aNewProcessBeginsItsNumbersAnew() {
    hear("node-2", 7, 99);
    hear("node-2", 8, 3, 4);
    hear("node-3", 9, 50);

    assertThat(traffic.received()).isEqualTo(4);
    assertThat(traffic.missed()).isZero();
  }

  private void hear(String from, long incarnation, long... sequences) {
    for (var sequence : sequences) {
      traffic.heard(envelope(from, "node-1", incarnation, sequence));
    }
  }

  private static Envelope envelope(String from, String to, long incarnation, long sequence) {
    return new Envelope(from, to, incarnation, 1, sequence, new Envelope.Question("node-9"));
  }
}
