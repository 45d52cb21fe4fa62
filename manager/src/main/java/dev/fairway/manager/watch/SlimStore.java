// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What a watch keeps, without what nobody here reads: managed fields alone are more than half of a
/// Service, and the images of a node most of a Node.
///
/// @param <T> the objects; they are made slim in place
final class SlimStore<T extends HasMetadata> extends BasicItemStore<T> {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private final Consumer<T> slim;

  private SlimStore(Consumer<T> slim) {
    super(Cache::metaNamespaceKeyFunc);
    this.slim = slim;
  }

  static SlimStore<Service> ofServices() {
    return new SlimStore<>(SlimStore::slim);
  }

  static SlimStore<Node> ofNodes() {
    return new SlimStore<>(node -> {
      withoutManagedFields(node);
      node.getMetadata().setAnnotations(Map.of());
      Optional.ofNullable(node.getStatus())
          .ifPresent(status -> {
            status.setImages(List.of());
            status.setVolumesAttached(List.of());
            status.setVolumesInUse(List.of());
          });
    });
  }

  /// @param pods whether somebody asks where the pods are, not only on which nodes
  static SlimStore<EndpointSlice> ofEndpointSlices(boolean pods) {
    return new SlimStore<>(slice -> {
      withoutManagedFields(slice);
      if (!pods) {
        slice.setPorts(List.of());
      }
      Optional.ofNullable(slice.getEndpoints())
          .orElse(List.of())
          .forEach(endpoint -> {
            if (!pods) {
              endpoint.setAddresses(List.of());
              endpoint.setZone(null);
            }
            endpoint.setTargetRef(null);
            endpoint.setHints(null);
          });
    });
  }

  static Service slim(Service service) {
    withoutManagedFields(service);
    Optional.ofNullable(service.getMetadata().getAnnotations())
        .ifPresent(annotations -> annotations.remove(LAST_APPLIED));
    return service;
  }

  private static void withoutManagedFields(HasMetadata object) {
    object.getMetadata().setManagedFields(List.of());
  }

  @Override
  public T put(String key, T object) {
    slim.accept(object);
    return super.put(key, object);
  }
}
