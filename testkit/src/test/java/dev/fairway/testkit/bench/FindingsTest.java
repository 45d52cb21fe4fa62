// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class FindingsTest {
  @Test
  void everyFigureIsThereInOrderAndNullWhenItWasNotMeasured() {
    var findings = new Findings();
    findings.put(Figure.CREATE_ALL_SECONDS, 1.23456);
    findings.put(Figure.RESTART_EVENTS, 0);
    findings.note("so it is");

    var json = Serialization.asJson(findings.asMap());

    assertThat(json)
        .startsWith("{\"services\":null,\"nodes\":null,\"createAllSeconds\":1.235,")
        .contains("\"restartEvents\":0,")
        .endsWith("\"notes\":[\"so it is\"]}");
  }

  @Test
  void theReferenceIsDividedByOursWhereThatMakesSense() {
    var ours = new Findings();
    var theirs = new Findings();
    ours.put(Figure.CREATE_ALL_SECONDS, 4);
    theirs.put(Figure.CREATE_ALL_SECONDS, 10);
    ours.put(Figure.LEAKED_AFTER_CRASH, 0);
    theirs.put(Figure.LEAKED_AFTER_CRASH, 6);
    ours.put(Figure.RSS_MIB, 200);

    assertThat(theirs.dividedBy(ours))
        .containsEntry("createAllSeconds", 2.5)
        .containsEntry("leakedAfterCrash", null)
        .containsEntry("rssMiB", null);
  }
}
