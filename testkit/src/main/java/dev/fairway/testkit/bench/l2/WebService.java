// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Map;

/// The Service whose owner is lost again and again, for TCP and UDP.
final class WebService {
  static final int PORT = 80;
  static final int POD_PORT = 8080;

  /// Of its pods.
  static final Map<String, String> LABELS = Map.of("app", "web");

  /// As it is created.
  static final Service WITHOUT_ADDRESS =
      new ServiceBuilder()
          .withNewMetadata()
          .withNamespace("default")
          .withName("web")
          .addToAnnotations("fairway.dev/address-pool", "lan")
          .endMetadata()
          .withNewSpec()
          .withType("LoadBalancer")
          .withSelector(LABELS)
          .addNewPort()
          .withName("tcp")
          .withProtocol("TCP")
          .withPort(PORT)
          .withTargetPort(new IntOrString(POD_PORT))
          .endPort()
          .addNewPort()
          .withName("udp")
          .withProtocol("UDP")
          .withPort(PORT)
          .withTargetPort(new IntOrString(POD_PORT))
          .endPort()
          .endSpec()
          .build();

  private WebService() {}
}
