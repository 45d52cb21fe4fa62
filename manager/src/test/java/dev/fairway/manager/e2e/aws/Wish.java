// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.aws;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.Locale;

/// A Service as somebody writes it.
record Wish(ServiceBuilder builder) {
  static final String PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";

  static Wish named(String name) {
    return new Wish(
        new ServiceBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName(name)
            .endMetadata()
            .withNewSpec()
            .withType("LoadBalancer")
            .endSpec());
  }

  /// One TCP port, whose node port the API server chooses.
  static Wish web(String name) {
    return named(name).port("TCP", 80, 0);
  }

  /// @param nodePort 0 for any
  Wish port(String protocol, int port, int nodePort) {
    builder
        .editSpec()
        .addNewPort()
        .withName("%s-%d".formatted(protocol.toLowerCase(Locale.ROOT), port))
        .withProtocol(protocol)
        .withPort(port)
        .withNodePort(nodePort == 0 ? null : nodePort)
        .endPort()
        .endSpec();
    return this;
  }

  /// @param key without the prefix of AWS
  Wish aws(String key, String value) {
    return annotation(PREFIX + key, value);
  }

  Wish annotation(String key, String value) {
    builder.editMetadata().addToAnnotations(key, value).endMetadata();
    return this;
  }

  Wish local() {
    builder.editSpec().withExternalTrafficPolicy("Local").endSpec();
    return this;
  }

  Service build() {
    return builder.build();
  }
}
