// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import dev.fairway.testkit.process.Until;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// A Service of type LoadBalancer that has got its address.
///
/// @param created of System.nanoTime(), when the API server had taken it
record ExampleService(Service object, String address, long created, Duration untilAddress) {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// Creates the Service and waits for the address in its status.
  ///
  /// @throws IllegalStateException when there is none after 30 seconds
  static ExampleService create(KubernetesClient client, Path manifest) {
    var resource = client.services().load(manifest.toFile());
    Service created = resource.create();
    long start = System.nanoTime();
    Service served =
        Until.isPresent(
            "an address in the status of the Service",
            LIMIT,
            () ->
                Optional.ofNullable(client.resource(created).get())
                    .filter(service -> addressOf(service).isPresent()));
    return new ExampleService(
        served,
        addressOf(served).orElseThrow(),
        start,
        Duration.ofNanos(System.nanoTime() - start));
  }

  String name() {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  int port() {
    return firstPort().getPort();
  }

  int nodePort() {
    return firstPort().getNodePort();
  }

  /// As kubectl prints it, for example `8765:30123/TCP`.
  String ports() {
    return "%d:%d/%s".formatted(port(), nodePort(), firstPort().getProtocol());
  }

  Duration age() {
    return Duration.ofNanos(System.nanoTime() - created);
  }

  private ServicePort firstPort() {
    return object.getSpec().getPorts().getFirst();
  }

  private static Optional<String> addressOf(Service service) {
    return service.getStatus().getLoadBalancer().getIngress().stream()
        .map(LoadBalancerIngress::getIp)
        .filter(Objects::nonNull)
        .findFirst();
  }
}
