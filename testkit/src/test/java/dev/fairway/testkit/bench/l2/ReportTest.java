// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.bench.Outcome;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final Outcome<L2Figure> outcome = new Outcome<>(L2Figure.class);
  private final Report report = new Report(outcome);

  @Test
  void everyFigureHasItsKeyAlsoWhenItWasNotMeasured() {
    outcome.put(L2Figure.CUT_P99, 312.345);

    assertThat(report.asMap())
        .containsKeys(Arrays.stream(L2Figure.values()).map(L2Figure::key).toArray(String[]::new))
        .containsEntry("failoverLinkCutP99Millis", 312.35)
        .containsEntry("failoverFastProfileP99Millis", null)
        .containsKey("clock");
  }

  @Test
  void onlyWhatWasTriedInVainMakesItIncomplete() {
    assertThat(report.isComplete()).isTrue();

    outcome.notMeasured(Set.of(L2Figure.DRAIN_LOST), "nobody took over");

    assertThat(report.isComplete()).isFalse();
    assertThat(report.table()).contains("drainLostConnections").contains("nobody took over");
  }

  @Test
  void theTimeToAddressesIsToldByTheTimeToCreate() {
    outcome.put(L2Figure.CREATE_SECONDS, 4);
    assertThat(report.asMap()).containsEntry("address1000ByCreate1000", null);

    outcome.put(L2Figure.ADDRESS_SECONDS, 6);
    assertThat(report.asMap()).containsEntry("address1000ByCreate1000", 1.5);
    assertThat(line("address1000/create1000")).contains("1.5", "<= 1.4", "MISSED");
  }

  @Test
  void theTableTellsWhichAimsAreReached() {
    outcome.put(L2Figure.CUT_P99, 400);
    outcome.put(L2Figure.ALLOC_PER_SECOND, 19_999);
    outcome.put(L2Figure.ARP_P50, 90);

    assertThat(line("failoverLinkCutP99Millis")).contains("400", "<= 400", "ok");
    assertThat(line("allocPerSecondAt90PercentFill")).contains("19999", ">= 20000", "MISSED");
    assertThat(line("arpP50Micros")).contains("90").doesNotContain("ok", "MISSED");
  }

  private String line(String key) {
    return report.table().lines().filter(line -> line.startsWith(key)).findFirst().orElseThrow();
  }
}
