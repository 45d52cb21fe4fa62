// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

record Listener(Balancer balancer, ObjectNode row) implements Part {
  Optional<Pool> defaultPool() {
    return Optional.ofNullable(balancer.pools().get(row.path("default_pool_id").asText()));
  }

  String protocol() {
    return row.path("protocol").asText();
  }

  int port() {
    return row.path("protocol_port").asInt();
  }

  @Override
  public ObjectNode view() {
    var view = row.deepCopy();
    view.putArray("loadbalancers").addObject().put("id", balancer.id());
    return view;
  }
}
