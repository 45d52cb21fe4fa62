// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.watch;

import dev.fairway.cloud.model.Endpoint;
import dev.fairway.cloud.model.IpFamily;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The pods behind the ports of a Service.
///
/// @param ready those that are ready
/// @param ending those that terminate and serve until then
record EndpointPods(Map<Port, Set<Endpoint>> ready, Map<Port, Set<Endpoint>> ending) {

  /// @param name of the port in the Service; empty when it has none
  record Port(String name, IpFamily family) {}

  static EndpointPods of(Collection<EndpointSlice> slices) {
    return new EndpointPods(
        pods(slices, EndpointNodes::isReady), pods(slices, EndpointNodes::isEnding));
  }

  /// Where connections to each port are answered. As kube-proxy does it, for each port and IP
  /// family apart: endpoints that terminate count for as long as none is ready (KEP-1669).
  Map<String, List<Endpoint>> serving() {
    var byName = new HashMap<String, Set<Endpoint>>();
    ready.forEach((port, pods) -> byName.computeIfAbsent(port.name(), _ -> sorted()).addAll(pods));
    ending.forEach((port, pods) -> {
      if (!ready.containsKey(port)) {
        byName.computeIfAbsent(port.name(), _ -> sorted()).addAll(pods);
      }
    });
    var serving = new HashMap<String, List<Endpoint>>();
    byName.forEach((name, pods) -> serving.put(name, List.copyOf(pods)));
    return Map.copyOf(serving);
  }

  // An endpoint stands in two slices for a while when it is moved from one to the other.
  private static Set<Endpoint> sorted() {
    return new TreeSet<>();
  }

  private static Map<Port, Set<Endpoint>> pods(
      Collection<EndpointSlice> slices,
      Predicate<io.fabric8.kubernetes.api.model.discovery.v1.Endpoint> which) {
    var pods = new HashMap<Port, Set<Endpoint>>();
    for (var slice : slices) {
      var family = family(slice);
      if (family.isEmpty()) {
        continue;
      }
      for (var port : list(slice.getPorts())) {
        var found =
            list(slice.getEndpoints()).stream()
                .filter(which)
                .flatMap(endpoint -> pod(endpoint, family.get(), port))
                .toList();
        if (!found.isEmpty()) {
          var name = Objects.requireNonNullElse(port.getName(), "");
          pods.computeIfAbsent(new Port(name, family.get()), _ -> sorted()).addAll(found);
        }
      }
    }
    return pods;
  }

  // Names of hosts (addressType FQDN) are no targets.
  private static Optional<IpFamily> family(EndpointSlice slice) {
    return Stream.of(IpFamily.values())
        .filter(family -> family.toString().equals(slice.getAddressType()))
        .findFirst();
  }

  // Of several addresses, consumers take the first (API reference of Endpoint).
  private static Stream<Endpoint> pod(
      io.fabric8.kubernetes.api.model.discovery.v1.Endpoint endpoint,
      IpFamily family,
      EndpointPort port) {
    return port.getPort() == null
        ? Stream.empty()
        : list(endpoint.getAddresses()).stream()
            .limit(1)
            .map(address ->
                new Endpoint(
                    address,
                    family,
                    port.getPort(),
                    Optional.ofNullable(endpoint.getNodeName()),
                    Optional.ofNullable(endpoint.getZone())));
  }

  private static <T> List<T> list(@Nullable List<T> value) {
    return value == null ? List.of() : value;
  }
}
