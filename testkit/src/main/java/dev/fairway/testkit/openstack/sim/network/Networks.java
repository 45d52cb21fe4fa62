// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.sim.Caller;
import java.time.Instant;
import java.util.Set;

/// Everybody sees the external ones.
final class Networks extends Resource {
  private static final String EXTERNAL = "router:external";

  Networks() {
    super(
        "network",
        "Network",
        Set.of(
            "id",
            "name",
            "project_id",
            "tenant_id",
            "admin_state_up",
            "status",
            "shared",
            "router:external",
            "description"));
  }

  ObjectNode plant(String id, String project, String name, boolean external, Instant now) {
    var row = Row.of(id, project, now).put("name", name).put("status", "ACTIVE");
    row.put("admin_state_up", true).put("shared", false).put(EXTERNAL, external);
    row.put("mtu", 1500).putArray("subnets");
    return add(row);
  }

  static boolean external(ObjectNode network) {
    return network.path(EXTERNAL).asBoolean();
  }

  @Override
  boolean visible(Caller caller, ObjectNode row) {
    return external(row) || super.visible(caller, row);
  }
}
