// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.deploy;

import dev.fairway.testkit.kube.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What `deploy/` holds, and what a real API server says to objects.
final class Manifests {
  static final Path CRDS = deploy("crds");
  static final Path BASE = deploy("kustomize/base");
  static final Path EXAMPLES = deploy("kustomize/examples");

  private Manifests() {}

  private static Path deploy(String directory) {
    return Path.of("..", "deploy", directory).toAbsolutePath().normalize();
  }

  static GenericKubernetesResource ours(String kind, String name, Map<String, Object> spec) {
    var resource = new GenericKubernetesResource();
    resource.setApiVersion("fairway.dev/v1alpha1");
    resource.setKind(kind);
    resource.setMetadata(new ObjectMetaBuilder().withName(name).build());
    resource.setAdditionalProperty("spec", spec);
    return resource;
  }

  /// Why the API server would not create this object; empty if it would. Nothing is created.
  static Optional<String> refusal(ControlPlane kube, HasMetadata object) {
    try {
      kube.client().resource(object).dryRun().create();
      return Optional.empty();
    } catch (KubernetesClientException e) {
      return Optional.of(e.getMessage());
    }
  }
}
