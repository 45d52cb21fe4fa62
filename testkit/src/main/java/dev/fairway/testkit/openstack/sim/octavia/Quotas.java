// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Refused;
import java.util.HashMap;
import java.util.Map;

/// How many of each kind a project may have; no limit where none is set.
final class Quotas {
  private final Store store;
  private final Map<String, Map<Kind, Integer>> limits = new HashMap<>();

  Quotas(Store store) {
    this.store = store;
  }

  /// What is counted, in the words of Octavia.
  enum Kind {
    BALANCER("Load Balancer", "loadbalancer", "load_balancer"),
    LISTENER("Listener", "listener", "listener"),
    POOL("Pool", "pool", "pool"),
    MONITOR("Health Monitor", "healthmonitor", "health_monitor"),
    MEMBER("Member", "member", "member");

    private final String spoken;
    private final String key;
    private final String oldKey;

    Kind(String spoken, String key, String oldKey) {
      this.spoken = spoken;
      this.key = key;
      this.oldKey = oldKey;
    }

    static Kind of(String key) {
      for (var kind : values()) {
        if (kind.key.equals(key) || kind.oldKey.equals(key)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no quota of the load balancer service: " + key);
    }
  }

  /// @param limit -1 for none
  void set(String project, Kind kind, int limit) {
    limits.computeIfAbsent(project, _ -> new HashMap<>()).put(kind, limit);
  }

  void set(String project, JsonNode quota) {
    quota
        .properties()
        .forEach(entry -> set(project, Kind.of(entry.getKey()), entry.getValue().asInt(-1)));
  }

  void reset(String project) {
    limits.remove(project);
  }

  /// @throws Refused when `more` of them would be too many
  void check(String project, Kind kind, int more) {
    var limit = limit(project, kind);
    if (limit >= 0 && more > 0 && inUse(project, kind) + more > limit) {
      throw Refused.octavia(403, "Quota has been met for resources: " + kind.spoken);
    }
  }

  private int limit(String project, Kind kind) {
    return limits.getOrDefault(project, Map.of()).getOrDefault(kind, -1);
  }

  private long inUse(String project, Kind kind) {
    var own = store.balancers().stream().filter(balancer -> balancer.project().equals(project));
    return switch (kind) {
      case BALANCER -> own.count();
      case LISTENER -> own.mapToInt(balancer -> balancer.listeners().size()).sum();
      case POOL -> own.mapToInt(balancer -> balancer.pools().size()).sum();
      case MONITOR ->
          own.flatMap(balancer -> balancer.pools().values().stream())
              .filter(pool -> pool.monitor().isPresent())
              .count();
      case MEMBER ->
          own.flatMap(balancer -> balancer.pools().values().stream())
              .mapToInt(pool -> pool.members().size())
              .sum();
    };
  }

  ObjectNode view(String project) {
    var root = Json.object();
    var quota = root.putObject("quota").put("project_id", project).put("tenant_id", project);
    for (var kind : Kind.values()) {
      quota.put(kind.key, limit(project, kind)).put(kind.oldKey, limit(project, kind));
    }
    quota.put("l7policy", -1).put("l7rule", -1);
    return root;
  }
}
