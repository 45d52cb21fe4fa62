// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Fairway's own objects, as an administrator sees them.
///
/// @param client of an administrator
record Vips(KubernetesClient client) {
  private static final String VERSION = "fairway.dev/v1alpha1";
  private static final String KIND = "Vip";

  /// The owners of an address in order; empty when it has none.
  List<String> owners(String address) {
    return part(vip(address), "spec").get("owners") instanceof List<?> names
        ? names.stream().map(String::valueOf).toList()
        : List.of();
  }

  /// Who says that it answers for an address.
  Optional<String> announcedBy(String address) {
    return Optional.ofNullable(part(vip(address), "status").get("announcedBy"))
        .map(Object::toString);
  }

  /// The IPv4 addresses of a pool that are in use.
  Set<String> inUse(String pool) {
    return client.genericKubernetesResources(VERSION, KIND).list().getItems().stream()
        .filter(vip -> pool.equals(part(vip, "spec").get("pool")))
        .map(vip -> vip.getMetadata().getName())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Writes an object of ours.
  void apply(String kind, String name, Map<String, Object> spec) {
    var resource = new GenericKubernetesResource();
    resource.setApiVersion(VERSION);
    resource.setKind(kind);
    resource.setMetadata(new ObjectMetaBuilder().withName(name).build());
    resource.setAdditionalProperty("spec", spec);
    var _ = client.resource(resource).serverSideApply();
  }

  private @Nullable GenericKubernetesResource vip(String address) {
    return client.genericKubernetesResources(VERSION, KIND).withName(address).get();
  }

  private static Map<?, ?> part(@Nullable GenericKubernetesResource vip, String name) {
    return vip != null && vip.getAdditionalProperties().get(name) instanceof Map<?, ?> part
        ? part
        : Map.of();
  }
}
