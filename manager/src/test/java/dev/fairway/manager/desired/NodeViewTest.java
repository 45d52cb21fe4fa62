// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeViewTest {
  /// The values are those of the reference controller: only what parses as false includes.
  @ParameterizedTest
  @CsvSource({
    "'', false",
    "true, false",
    "1, false",
    "yes, false",
    "nonsense, false",
    "false, true",
    "False, true",
    "0, true",
    "f, true"
  })
  void theExcludeLabelIsReadAsTheReferenceReadsIt(String value, boolean eligible) {
    assertThat(node(Map.of(NodeView.EXCLUDE_LABEL, value), Set.of(), false).eligible())
        .isEqualTo(eligible);
  }

  @Test
  void aNodeThatLeavesIsNotEligibleButOneThatIsNotReadyIs() {
    assertThat(node(Map.of(), Set.of(), true).eligible()).isFalse();
    assertThat(node(Map.of(), Set.of(NodeView.AUTOSCALER_TAINT), false).eligible()).isFalse();
    assertThat(node(Map.of(), Set.of("anything.else/taint"), false).eligible()).isTrue();
    assertThat(node(Map.of(), Set.of(), false).ready()).isFalse();
  }

  @Test
  void whatIsNotEligibleSaysWhy() {
    assertThat(node(Map.of(), Set.of(), true).ineligible()).contains("is being deleted");
    assertThat(node(Map.of(NodeView.EXCLUDE_LABEL, ""), Set.of(), false).ineligible())
        .contains("has label node.kubernetes.io/exclude-from-external-load-balancers");
    assertThat(node(Map.of(), Set.of(NodeView.AUTOSCALER_TAINT), false).ineligible())
        .contains("has taint ToBeDeletedByClusterAutoscaler");
    assertThat(node(Map.of(), Set.of(), false).ineligible()).isEmpty();
  }

  private static NodeView node(Map<String, String> labels, Set<String> taints, boolean deleting) {
    return new NodeView(
        "node-1",
        List.of("192.0.2.1"),
        Optional.empty(),
        false,
        deleting,
        labels,
        taints,
        Optional.empty());
  }
}
