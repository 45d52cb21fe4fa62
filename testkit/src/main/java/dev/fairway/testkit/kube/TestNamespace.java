// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.kube;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.UUID;

/// A namespace for one test, so that tests can share an API server.
///
/// No controller empties namespaces here; closing removes the Services, so that what watches all
/// namespaces lets go of what belonged to them.
public final class TestNamespace implements AutoCloseable {
  private final KubernetesClient client;
  private final String name;

  private TestNamespace(KubernetesClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /// Makes a namespace with a new name.
  public static TestNamespace create(KubernetesClient client) {
    String name = "test-" + UUID.randomUUID();
    var _ =
        client
            .namespaces()
            .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
            .create();
    return new TestNamespace(client, name);
  }

  public String name() {
    return name;
  }

  @Override
  public void close() {
    var _ = client.services().inNamespace(name).delete();
    var _ = client.namespaces().withName(name).delete();
  }
}
