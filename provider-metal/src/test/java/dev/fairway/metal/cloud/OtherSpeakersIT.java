// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.SharedControlPlane;
import dev.fairway.testkit.kube.TestNamespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pods as the API server shows them; nobody runs them.
@ExtendWith(SharedControlPlane.class)
class OtherSpeakersIT {
  private static final Map<String, String> BY_CHART =
      Map.of("app.kubernetes.io/name", "metallb", "app.kubernetes.io/component", "speaker");
  private static final Map<String, String> BY_MANIFEST =
      Map.of("app", "metallb", "component", "speaker");

  private final ControlPlane kube;
  private final TestNamespace namespace;
  private final AtomicInteger changes = new AtomicInteger();
  private final OtherSpeakers others;

  OtherSpeakersIT(ControlPlane kube, TestNamespace namespace) {
    this.kube = kube;
    this.namespace = namespace;
    this.others = new OtherSpeakers(kube.client(), changes::incrementAndGet);
  }

  @AfterEach
  void clear() {
    others.close();
    kube.client().pods().inNamespace(namespace.name()).withGracePeriod(0).delete();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aSpeakerIsFoundAtOnceAndItsEndSoon(boolean byChart) {
    var pod = create(byChart ? BY_CHART : BY_MANIFEST, true);

    others.start();

    assertThat(others.where()).contains(namespace.name());
    kube.client().resource(pod).withGracePeriod(0).delete();
    await().atMost(Duration.ofSeconds(60)).until(() -> others.where().isEmpty());
    await().until(() -> changes.get() == 1);
  }

  @Test
  void aPodInANetworkOfItsOwnDoesNotCountWhateverItsLabelsSay() {
    create(BY_CHART, false);
    create(
        Map.of("app.kubernetes.io/name", "metallb", "app.kubernetes.io/component", "controller"),
        true);

    others.start();

    assertThat(others.where()).isEmpty();
  }

  @Test
  void aPodThatHasEndedDoesNotCount() {
    var pod = create(BY_MANIFEST, true);
    kube.client()
        .resource(pod)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"phase\":\"Failed\"}}");

    others.start();

    assertThat(others.where()).isEmpty();
  }

  private Pod create(Map<String, String> labels, boolean hostNetwork) {
    return kube.client()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace.name())
                .withGenerateName("speaker-")
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withHostNetwork(hostNetwork)
                .addNewContainer()
                .withName("speaker")
                .withImage("speaker")
                .endContainer()
                .endSpec()
                .build())
        .create();
  }
}
