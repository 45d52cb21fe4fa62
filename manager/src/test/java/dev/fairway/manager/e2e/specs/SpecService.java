// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.specs;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ServiceResource;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/// A Service of a spec: each question reads it anew.
///
/// @param created as it was
record SpecService(KubernetesClient api, Service created) {
  private static final String FINALIZER = "service.kubernetes.io/load-balancer-cleanup";

  /// By name: no version stands in the way of a change.
  ServiceResource<Service> resource() {
    return api.services()
        .inNamespace(created.getMetadata().getNamespace())
        .withName(created.getMetadata().getName());
  }

  Optional<Service> find() {
    return Optional.ofNullable(resource().get());
  }

  Service get() {
    return find().orElseThrow();
  }

  ServiceSpec spec() {
    return get().getSpec();
  }

  /// The first port.
  ServicePort port() {
    return spec().getPorts().getFirst();
  }

  /// Changes the specification, whatever others write meanwhile.
  ///
  /// @return as the API server took it
  Service change(Consumer<ServiceSpec> change) {
    return await("the change to meet no other write")
        .ignoreExceptionsMatching(SpecService::isConflict)
        .until(
            () ->
                resource()
                    .edit(service -> {
                      change.accept(service.getSpec());
                      return service;
                    }),
            Objects::nonNull);
  }

  private static boolean isConflict(Throwable error) {
    return error instanceof KubernetesClientException e
        && e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  /// Asks for deletion; a Service that is gone stays gone.
  void delete() {
    var _ = resource().delete();
  }

  Optional<String> address() {
    return find().stream()
        .flatMap(service -> service.getStatus().getLoadBalancer().getIngress().stream())
        .map(LoadBalancerIngress::getIp)
        .findFirst();
  }

  String awaitAddress() {
    return await("an address for " + created.getMetadata().getName())
        .atMost(SpecWorld.SOON)
        .until(this::address, Optional::isPresent)
        .orElseThrow();
  }

  boolean hasFinalizer() {
    return get().getMetadata().getFinalizers().contains(FINALIZER);
  }

  /// Waits until what Fairway had to do after a change of type is done.
  void awaitFinalizer(boolean there) {
    await("the finalizer to " + (there ? "be there" : "be gone"))
        .atMost(SpecWorld.SOON)
        .until(() -> hasFinalizer() == there);
  }

  boolean vipExists(String address) {
    return vip(address).isPresent();
  }

  /// The nodes that may announce the address, the announcing one first.
  @SuppressWarnings("unchecked")
  List<String> owners() {
    return address()
        .flatMap(this::vip)
        .map(vip -> (Map<String, Object>) vip.get("spec"))
        .map(spec -> (List<String>) spec.get("owners"))
        .orElse(List.of());
  }

  private Optional<GenericKubernetesResource> vip(String address) {
    return Optional.ofNullable(
        api.genericKubernetesResources("fairway.dev/v1alpha1", "Vip").withName(address).get());
  }
}
