// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AwsFindingsTest {
  private final AwsFindings findings = new AwsFindings();

  @Test
  void figuresComeInTheirOrderAndWhatWasNotMeasuredIsLeftOutWithAReason() {
    findings.put(AwsFigure.CREATE_ALL_SECONDS, 12.3456);
    findings.put(AwsFigure.CREATE, 15);
    findings.notMeasured(Set.of(AwsFigure.NOOP), "it does not start");
    findings.detail("stormServices", 200);
    findings.note("so it is");

    assertThat(Serialization.asJson(findings.asMap()))
        .isEqualTo(
            """
            {"create":15,"createAll100Seconds":12.35,"notMeasured":{"noop":"it does not start"},\
            "details":{"stormServices":200},"notes":["so it is"]}\
            """);
  }

  @Test
  void aFigureThatIsThereNeedsNoReason() {
    findings.put(AwsFigure.CREATE, 15);
    findings.notMeasured(Set.of(AwsFigure.CREATE, AwsFigure.DELETE), "too slow");

    assertThat(findings.asMap()).containsEntry("notMeasured", Map.of("delete", "too slow"));
  }

  @Test
  void theyAreCompleteWithEveryFigure() {
    Arrays.stream(AwsFigure.values()).skip(1).forEach(figure -> findings.put(figure, 1));
    assertThat(findings.isComplete()).isFalse();

    findings.put(AwsFigure.values()[0], 0);
    assertThat(findings.isComplete()).isTrue();
  }

  @Test
  void theProgressSaysTheFiguresOfOnePartInTheirOrder() {
    findings.put(AwsFigure.NOOP, 12);
    findings.put(AwsFigure.CREATE, 14);
    findings.put(AwsFigure.CRASH_POINTS, 3);

    assertThat(findings.line(Set.of(AwsFigure.NOOP, AwsFigure.CREATE, AwsFigure.DELETE)))
        .isEqualTo("create 14, noop 12");
  }

  @Test
  void theOthersAreDividedByOursWhereThatMakesSense() {
    var theirs = new AwsFindings();
    findings.put(AwsFigure.CREATE, 6);
    theirs.put(AwsFigure.CREATE, 15);
    findings.put(AwsFigure.NOOP, 0);
    theirs.put(AwsFigure.NOOP, 11);
    findings.put(AwsFigure.LEAKED_AFTER_CRASH, 0);
    theirs.put(AwsFigure.LEAKED_AFTER_CRASH, 0);
    theirs.put(AwsFigure.DELETE, 9);

    assertThat(theirs.dividedBy(findings)).isEqualTo(Map.of("create", 2.5, "leakedAfterCrash", 1L));
  }
}
