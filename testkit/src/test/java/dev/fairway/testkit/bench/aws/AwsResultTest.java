// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.bench.SideName;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AwsResultTest {
  private final AwsFindings ours = new AwsFindings();
  private final AwsFindings theirs = new AwsFindings();

  AwsResultTest() {
    ours.put(AwsFigure.CREATE, 6);
    theirs.put(AwsFigure.CREATE, 15);
  }

  @Test
  void oursComeFirstThenTheReferenceAndTheRatio() {
    var result = new AwsResult(Map.of(SideName.FAIRWAY, ours, SideName.REFERENCE, theirs));

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
    assertThat(new AwsResult(Map.of(SideName.FAIRWAY, ours)).asMap())
        .containsEntry("create", 6L)
        .doesNotContainKeys("reference", "ratio");
    assertThat(new AwsResult(Map.of(SideName.REFERENCE, theirs)).asMap())
        .containsOnlyKeys("reference");
  }

  @Test
  void theTableHasTheSidesBesideEachOther() {
    var result = new AwsResult(Map.of(SideName.FAIRWAY, ours, SideName.REFERENCE, theirs));

    assertThat(result.table().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .hasSize(1 + AwsFigure.values().length)
        .startsWith("fairway reference", "create 6 15", "noop - -");
  }
}
