// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private enum Sample implements Keyed {
    CREATE("create"),
    NOOP("noop"),
    DELETE("delete"),
    CREATE_ALL_SECONDS("createAll100Seconds"),
    CRASH_POINTS("crashPoints"),
    LEAKED_AFTER_CRASH("leakedAfterCrash");

    private final String key;

    Sample(String key) {
      this.key = key;
    }

    @Override
    public String key() {
      return key;
    }
  }

  private final Outcome<Sample> findings = new Outcome<>(Sample.class);

  @Test
  void figuresComeInTheirOrderAndWhatWasNotMeasuredIsLeftOutWithAReason() {
    findings.put(Sample.CREATE_ALL_SECONDS, 12.3456);
    findings.put(Sample.CREATE, 15);
    findings.notMeasured(Set.of(Sample.NOOP), "it does not start");
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
    findings.put(Sample.CREATE, 15);
    findings.notMeasured(Set.of(Sample.CREATE, Sample.DELETE), "too slow");

    assertThat(findings.asMap()).containsEntry("notMeasured", Map.of("delete", "too slow"));
  }

  @Test
  void theyAreCompleteWithEveryFigure() {
    Arrays.stream(Sample.values()).skip(1).forEach(figure -> findings.put(figure, 1));
    assertThat(findings.isComplete()).isFalse();

    findings.put(Sample.values()[0], 0);
    assertThat(findings.isComplete()).isTrue();
  }

  @Test
  void theProgressSaysTheFiguresOfOnePartInTheirOrder() {
    findings.put(Sample.NOOP, 12);
    findings.put(Sample.CREATE, 14);
    findings.put(Sample.CRASH_POINTS, 3);

    assertThat(findings.line(Set.of(Sample.NOOP, Sample.CREATE, Sample.DELETE)))
        .isEqualTo("create 14, noop 12");
  }

  @Test
  void theOthersAreDividedByOursWhereThatMakesSense() {
    var theirs = new Outcome<>(Sample.class);
    findings.put(Sample.CREATE, 6);
    theirs.put(Sample.CREATE, 15);
    findings.put(Sample.NOOP, 0);
    theirs.put(Sample.NOOP, 11);
    findings.put(Sample.LEAKED_AFTER_CRASH, 0);
    theirs.put(Sample.LEAKED_AFTER_CRASH, 0);
    theirs.put(Sample.DELETE, 9);

    assertThat(theirs.dividedBy(findings)).isEqualTo(Map.of("create", 2.5, "leakedAfterCrash", 1L));
  }
}
