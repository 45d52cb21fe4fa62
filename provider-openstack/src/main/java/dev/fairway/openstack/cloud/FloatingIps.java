// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.model.FloatingIp;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The floating IPs that are remembered.
final class FloatingIps {
  private final Map<String, FloatingIp> byId = new LinkedHashMap<>();
  private final Map<String, Long> written = new HashMap<>();

  /// Takes all that a list brought but what was written since the stamp.
  void listed(List<FloatingIp> all, long stamp) {
    var ids = all.stream().map(FloatingIp::id).collect(Collectors.toSet());
    all.stream().filter(ip -> older(ip.id(), stamp)).forEach(ip -> byId.put(ip.id(), ip));
    byId.keySet().removeIf(id -> !ids.contains(id) && older(id, stamp));
    written.values().removeIf(at -> at < stamp);
  }

  private boolean older(String id, long stamp) {
    return written.getOrDefault(id, 0L) < stamp;
  }

  void wrote(FloatingIp ip, long stamp) {
    byId.put(ip.id(), ip);
    written.put(ip.id(), stamp);
  }

  void gone(String id, long stamp) {
    byId.remove(id);
    written.put(id, stamp);
  }

  Optional<FloatingIp> get(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /// Those of a group, and those that lead to one of the ports.
  List<FloatingIp> of(LoadBalancerKey key, Set<String> ports) {
    return byId.values().stream()
        .filter(ip -> ip.belongsTo(key) || ip.port().filter(ports::contains).isPresent())
        .toList();
  }

  /// The groups that have one to be given back.
  Stream<LoadBalancerKey> keys() {
    return byId.values().stream().filter(ip -> !ip.keep()).flatMap(ip -> ip.owner().stream());
  }

  Map<String, FloatingIp> byAddress() {
    return Collections.unmodifiableMap(
        byId.values().stream()
            .collect(Collectors.toMap(FloatingIp::address, ip -> ip, (one, _) -> one)));
  }
}
