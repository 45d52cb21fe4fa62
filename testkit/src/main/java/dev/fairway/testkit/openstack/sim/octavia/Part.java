// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.sim.Times;
import java.time.Instant;

/// A load balancer, or a listener, pool or monitor of one.
interface Part {
  /// What is kept of it; [#view] is what clients see.
  ObjectNode row();

  Balancer balancer();

  ObjectNode view();

  default String id() {
    return row().path("id").asText();
  }

  default String project() {
    return row().path("project_id").asText();
  }

  default String status() {
    return row().path(Status.PROVISIONING).asText();
  }

  default void status(String status, Instant now) {
    row().put(Status.PROVISIONING, status).put("updated_at", Times.octavia(now));
  }
}
