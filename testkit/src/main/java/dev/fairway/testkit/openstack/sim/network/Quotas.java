// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Refused;
import java.util.HashMap;
import java.util.Map;

/// How many of each kind a project may have; no limit where none is set.
final class Quotas {
  private final Map<String, Integer> limits = new HashMap<>();

  void set(String project, String kind, int limit) {
    limits.put(project + " " + kind, limit);
  }

  void reset(String project) {
    limits.keySet().removeIf(key -> key.startsWith(project + " "));
  }

  int limit(String project, String kind) {
    return limits.getOrDefault(project + " " + kind, -1);
  }

  void check(Caller caller, Resource resource, int more) {
    var limit = limit(caller.project(), resource.singular());
    if (limit >= 0 && resource.count(caller.project()) + more > limit) {
      throw Refused.neutron(
          409, "OverQuota", "Quota exceeded for resources: ['%s'].".formatted(resource.singular()));
    }
  }
}
