// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.node.ObjectNode;

record Monitor(Pool pool, ObjectNode row) implements Part {
  @Override
  public Balancer balancer() {
    return pool.balancer();
  }

  String type() {
    return row.path("type").asText();
  }

  @Override
  public ObjectNode view() {
    var view = row.deepCopy();
    view.putArray("pools").addObject().put("id", pool.id());
    return view;
  }
}
