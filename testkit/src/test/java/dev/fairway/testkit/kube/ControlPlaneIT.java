// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.testkit.process.Until;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneIT {
  private static final KubeBinaries BINARIES = KubeBinaries.fromEnvironment();

  @TempDir Path directory;

  @Test
  void dataOutlivesARestartOfTheApiServer() {
    try (ControlPlane kube = ControlPlane.start(BINARIES, directory, ControlPlaneOptions.PLAIN)) {
      kube.client()
          .configMaps()
          .inNamespace("default")
          .resource(
              new ConfigMapBuilder()
                  .withNewMetadata()
                  .withName("kept")
                  .endMetadata()
                  .addToData("key", "value")
                  .build())
          .create();

      kube.stopApiServer();
      assertThatThrownBy(() -> kube.client().configMaps().inNamespace("default").list())
          .isInstanceOf(KubernetesClientException.class);
      kube.startApiServer();

      assertThat(kube.client().configMaps().inNamespace("default").withName("kept").get().getData())
          .containsEntry("key", "value");
    }
  }

  @Test
  void aUserMayDoOnlyWhatRbacAllows() {
    User user = User.serviceAccount("fairway-system", "fairway-controller");
    try (ControlPlane kube =
            ControlPlane.start(BINARIES, directory, ControlPlaneOptions.PLAIN.withUser(user));
        var client = kube.client(user)) {
      assertThatThrownBy(() -> client.nodes().list())
          .hasMessageContaining(
              "system:serviceaccount:fairway-system:fairway-controller\" cannot list resource"
                  + " \"nodes\"");

      kube.kubectl("create", "clusterrole", "r", "--verb=list", "--resource=nodes");
      kube.kubectl("create", "clusterrolebinding", "b", "--clusterrole=r", "--user=" + user.name());

      Until.isTrue("the binding to count", Duration.ofSeconds(5), () -> canListNodes(client));
    }
  }

  @Test
  void nothingRunsAfterClose() {
    ControlPlane kube =
        ControlPlane.start(
            BINARIES,
            directory,
            ControlPlaneOptions.PLAIN.withControllers("endpointslice-controller"));
    assertThat(processesOf(directory)).isEqualTo(3);

    kube.close();
    kube.close();

    assertThat(processesOf(directory)).isZero();
  }

  @Test
  void failureToStartShowsTheEndOfTheLog() {
    ControlPlaneOptions impossible =
        ControlPlaneOptions.PLAIN.withUser(new User("quote\"inside", List.of()));

    assertThatThrownBy(() -> startAndClose(impossible))
        .hasMessageContaining("kube-apiserver ended with exit code 1")
        .hasMessageContaining("in non-quoted-field");
    assertThat(processesOf(directory)).isZero();
  }

  @Test
  @ExtendWith(SharedControlPlane.class)
  void manifestsAreAppliedAndTheirDefinitionsUsable(ControlPlane kube, TestNamespace namespace)
      throws Exception {
    Path manifest =
        Files.writeString(
            directory.resolve("crd.yaml"),
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: boats.example.org}
            spec:
              group: example.org
              names: {kind: Boat, plural: boats, singular: boat}
              scope: Namespaced
              versions:
              - name: v1
                served: true
                storage: true
                schema: {openAPIV3Schema: {type: object}}
            """);

    kube.applyYaml(manifest);

    assertThat(kube.kubectl("get", "boats", "--namespace", namespace.name()))
        .contains("No resources found in " + namespace.name());
  }

  // Closed even if it starts after all: a failing test must not leave processes behind.
  private void startAndClose(ControlPlaneOptions options) {
    ControlPlane.start(BINARIES, directory, options).close();
  }

  private static boolean canListNodes(KubernetesClient client) {
    try {
      return client.nodes().list() != null;
    } catch (KubernetesClientException _) {
      return false;
    }
  }

  private static long processesOf(Path directory) {
    return ProcessHandle.allProcesses()
        .filter(p ->
            p.info().arguments().stream()
                .flatMap(Arrays::stream)
                .anyMatch(a -> a.contains(directory.toString())))
        .count();
  }
}
