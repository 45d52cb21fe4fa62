// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which subnets reach which external network.
final class Routers extends Resource {
  private final Map<String, String> bySubnet = new HashMap<>();

  Routers() {
    super("router", "Router", Set.of("id", "name", "project_id", "tenant_id", "description"));
  }

  ObjectNode plant(String id, String project, String external, Instant now) {
    var row = Row.of(id, project, now).put("name", "router").put("status", "ACTIVE");
    row.putObject("external_gateway_info").put("network_id", external);
    return add(row);
  }

  void attach(ObjectNode router, ObjectNode subnet) {
    bySubnet.put(Row.id(subnet), Row.id(router));
  }

  /// The router between a subnet and an external network.
  Optional<String> between(String subnet, String external) {
    return Optional.ofNullable(bySubnet.get(subnet))
        .filter(router ->
            get(router).path("external_gateway_info").path("network_id").asText().equals(external));
  }
}
