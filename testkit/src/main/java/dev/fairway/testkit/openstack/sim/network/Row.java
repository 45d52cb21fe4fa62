// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Times;
import java.time.Instant;

/// What every object of Neutron has.
final class Row {
  private Row() {}

  static ObjectNode of(String id, String project, Instant now) {
    var row = Json.object().put("id", id).put("project_id", project).put("tenant_id", project);
    row.put("name", "").put("description", "").putArray("tags");
    return row.put("created_at", Times.neutron(now))
        .put("updated_at", Times.neutron(now))
        .put("revision_number", 0);
  }

  static void touch(ObjectNode row, Instant now) {
    row.put("updated_at", Times.neutron(now))
        .put("revision_number", row.path("revision_number").asInt() + 1);
  }

  static String id(ObjectNode row) {
    return row.path("id").asText();
  }

  static String project(ObjectNode row) {
    return row.path("project_id").asText();
  }
}
