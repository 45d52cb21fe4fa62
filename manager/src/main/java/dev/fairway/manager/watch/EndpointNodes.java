// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The nodes with endpoints of a Service, by name.
///
/// @param ready with one that is ready
/// @param ending with one that terminates and serves until then
record EndpointNodes(Set<String> ready, Set<String> ending) {
  private static final EndpointConditions UNKNOWN = new EndpointConditions();

  static EndpointNodes of(Collection<EndpointSlice> slices) {
    return new EndpointNodes(
        nodes(slices, EndpointNodes::isReady), nodes(slices, EndpointNodes::isEnding));
  }

  /// Where connections are answered. As kube-proxy does it with policy Local: endpoints that
  /// terminate count for as long as none is ready (KEP-1669).
  Set<String> serving() {
    return ready.isEmpty() ? ending : ready;
  }

  // Unknown counts as ready, as the API reference of EndpointConditions asks for.
  static boolean isReady(Endpoint endpoint) {
    return !Boolean.FALSE.equals(conditions(endpoint).getReady());
  }

  static boolean isEnding(Endpoint endpoint) {
    return Boolean.TRUE.equals(conditions(endpoint).getTerminating())
        && Boolean.TRUE.equals(conditions(endpoint).getServing());
  }

  private static EndpointConditions conditions(Endpoint endpoint) {
    return Objects.requireNonNullElse(endpoint.getConditions(), UNKNOWN);
  }

  private static Set<String> nodes(Collection<EndpointSlice> slices, Predicate<Endpoint> which) {
    return slices.stream()
        .flatMap(
            slice -> Objects.requireNonNullElse(slice.getEndpoints(), List.<Endpoint>of()).stream())
        .filter(endpoint -> endpoint.getNodeName() != null)
        .filter(which)
        .map(Endpoint::getNodeName)
        .collect(Collectors.toUnmodifiableSet());
  }
}
