// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.model.ExternalTrafficPolicy;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.Protocol;
import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.manager.desired.CoreAnnotations;
import dev.fairway.manager.desired.ServiceView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// A Service as the simulated API server keeps it: with fields that edits change.
final class StoredService {
  final ServiceRef ref;
  final Instant createdAt;
  long generation = 1;
  long version;
  boolean loadBalancer = true;
  Optional<String> loadBalancerClass = Optional.empty();
  boolean deleting;
  boolean finalizer;
  final Map<Integer, Integer> nodePortOf = new TreeMap<>();
  ExternalTrafficPolicy policy = ExternalTrafficPolicy.CLUSTER;
  List<String> sourceRanges = List.of();
  Optional<String> loadBalancerIp = Optional.empty();
  final Map<String, String> annotations = new HashMap<>();
  List<Ingress> ingress = List.of();
  List<ServiceView.PortStatus> portStatuses = List.of();
  final List<ServiceView.Condition> conditions = new ArrayList<>();

  StoredService(ServiceRef ref, Instant createdAt) {
    this.ref = ref;
    this.createdAt = createdAt;
  }

  /// A TCP port; its node port is its number and 30000.
  StoredService port(int port) {
    nodePortOf.put(port, 30000 + port);
    return this;
  }

  StoredService withoutPort(int port) {
    nodePortOf.remove(port);
    return this;
  }

  StoredService share(String group) {
    annotations.put(CoreAnnotations.SHARE.key(), group);
    return this;
  }

  StoredService alone() {
    annotations.remove(CoreAnnotations.SHARE.key());
    return this;
  }

  StoredService permits(String namespaces) {
    annotations.put(CoreAnnotations.SHARE_WITH.key(), namespaces);
    return this;
  }

  StoredService clusterIp() {
    loadBalancer = false;
    loadBalancerClass = Optional.empty();
    return this;
  }

  StoredService local() {
    policy = ExternalTrafficPolicy.LOCAL;
    return this;
  }

  ServiceView.Spec spec() {
    return new ServiceView.Spec(
        nodePortOf.entrySet().stream()
            .map(port ->
                new ServiceView.Port(
                    "p" + port.getKey(),
                    Protocol.TCP,
                    port.getKey(),
                    OptionalInt.of(port.getValue()),
                    Optional.empty()))
            .toList(),
        List.of(IpFamily.IPV4),
        false,
        policy,
        policy == ExternalTrafficPolicy.LOCAL ? OptionalInt.of(32000) : OptionalInt.empty(),
        sourceRanges,
        loadBalancerIp,
        Optional.empty());
  }

  ServiceView view() {
    return new ServiceView(
        ref,
        createdAt,
        generation,
        loadBalancer,
        loadBalancerClass,
        deleting,
        finalizer,
        spec(),
        annotations,
        Map.of(),
        new ServiceView.Status(ingress, portStatuses, conditions));
  }
}
