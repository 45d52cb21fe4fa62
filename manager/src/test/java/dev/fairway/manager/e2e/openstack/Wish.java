// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Locale;

/// A Service as somebody writes it.
record Wish(ServiceBuilder builder) {
  static final String PREFIX = "loadbalancer.openstack.org/";
  static final String INTERNAL = "service.beta.kubernetes.io/openstack-internal-load-balancer";

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
    return named(name).port("TCP", 80);
  }

  /// @param port of the pods with this label `app`
  Wish pods(String app, int port) {
    builder
        .editSpec()
        .addToSelector("app", app)
        .editFirstPort()
        .withNewTargetPort(port)
        .endPort()
        .endSpec();
    return this;
  }

  /// With externalTrafficPolicy Local.
  Wish local() {
    builder.editSpec().withExternalTrafficPolicy("Local").endSpec();
    return this;
  }

  Wish port(String protocol, int port) {
    builder
        .editSpec()
        .addNewPort()
        .withName("%s-%d".formatted(protocol.toLowerCase(Locale.ROOT), port))
        .withProtocol(protocol)
        .withPort(port)
        .endPort()
        .endSpec();
    return this;
  }

  /// @param key without the prefix of OpenStack
  Wish openstack(String key, String value) {
    return annotation(PREFIX + key, value);
  }

  Wish annotation(String key, String value) {
    builder.editMetadata().addToAnnotations(key, value).endMetadata();
    return this;
  }

  Wish internal() {
    return annotation(INTERNAL, "true");
  }

  Wish sourceRanges(String... ranges) {
    builder.editSpec().withLoadBalancerSourceRanges(List.of(ranges)).endSpec();
    return this;
  }

  Wish bothFamilies() {
    builder
        .editSpec()
        .withIpFamilyPolicy("RequireDualStack")
        .withIpFamilies("IPv4", "IPv6")
        .endSpec();
    return this;
  }

  Service build() {
    return builder.build();
  }
}
