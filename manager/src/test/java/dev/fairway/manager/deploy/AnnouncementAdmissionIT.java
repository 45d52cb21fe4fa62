// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.SharedControlPlane;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedControlPlane.class)
class AnnouncementAdmissionIT {

  @BeforeAll
  static void describeOurResources(ControlPlane kube) {
    kube.applyYaml(Manifests.CRDS);
  }

  @Test
  void nothingButL2IsNeeded(ControlPlane kube) {
    assertThat(refusal(kube, Map.of("l2", Map.of()))).isEmpty();
    assertThat(refusal(kube, Map.of())).get().asString().contains("spec.l2: Required");
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0", "enp0s31f6", "bond0.100", "fifteen-letters"})
  void interfacesHaveNamesThatLinuxGives(String name, ControlPlane kube) {
    assertThat(refusal(kube, onInterface(name))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sixteen--letters", "eth 0", "et/h0", "eth0:1", "..", "eth\t0"})
  void otherNamesAreRefused(String name, ControlPlane kube) {
    assertThat(refusal(kube, onInterface(name))).get().asString().contains("spec.l2.interfaces[0]");
  }

  @Test
  void aSelectorThatSelectsNothingByMistakeIsRefused(ControlPlane kube) {
    assertThat(refusal(kube, onNodes("In", List.of("a", "b")))).isEmpty();
    assertThat(refusal(kube, onNodes("Exists", List.of()))).isEmpty();
    assertThat(refusal(kube, onNodes("In", List.of()))).get().asString().contains("need values");
    assertThat(refusal(kube, onNodes("Exists", List.of("a"))))
        .get()
        .asString()
        .contains("have none");
    assertThat(refusal(kube, onNodes("Gt", List.of("1")))).get().asString().contains("NotIn");
  }

  private static Map<String, Object> onInterface(String name) {
    return Map.of("l2", Map.of("interfaces", List.of(name)));
  }

  private static Map<String, Object> onNodes(String operator, List<String> values) {
    var expression = Map.of("key", "zone", "operator", operator, "values", values);
    return Map.of("l2", Map.of(), "nodeSelector", Map.of("matchExpressions", List.of(expression)));
  }

  private static Optional<String> refusal(ControlPlane kube, Map<String, Object> spec) {
    return Manifests.refusal(kube, Manifests.ours("Announcement", "admission", spec));
  }
}
