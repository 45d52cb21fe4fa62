// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private enum Sample implements Keyed {
    CREATE,
    NOOP;

    @Override
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Outcome<Sample> ours = new Outcome<>(Sample.class);
  private final Outcome<Sample> theirs = new Outcome<>(Sample.class);

  ComparisonTest() {
    ours.put(Sample.CREATE, 6);
    theirs.put(Sample.CREATE, 15);
  }

  @Test
  void oursComeFirstThenTheReferenceAndTheRatio() {
    var result =
        new Comparison<>(Sample.class, Map.of(SideName.FAIRWAY, ours, SideName.REFERENCE, theirs));

    assertThat(Serialization.asJson(result.asMap()))
        .isEqualTo(
            """
            {"create":6,"notMeasured":{},"details":{},"notes":[],\
            "reference":{"create":15,"notMeasured":{},"details":{},"notes":[]},\
            "ratio":{"create":2.5}}\
            """);
  }

  @Test
  void aSideThatWasNotAskedForIsNotThere() {
    assertThat(new Comparison<>(Sample.class, Map.of(SideName.FAIRWAY, ours)).asMap())
        .containsEntry("create", 6L)
        .doesNotContainKeys("reference", "ratio");
    assertThat(new Comparison<>(Sample.class, Map.of(SideName.REFERENCE, theirs)).asMap())
        .containsOnlyKeys("reference");
  }

  @Test
  void theTableHasTheSidesBesideEachOther() {
    var result =
        new Comparison<>(Sample.class, Map.of(SideName.FAIRWAY, ours, SideName.REFERENCE, theirs));

    assertThat(result.table().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .hasSize(1 + Sample.values().length)
        .startsWith("fairway reference", "create 6 15", "noop - -");
  }
}
