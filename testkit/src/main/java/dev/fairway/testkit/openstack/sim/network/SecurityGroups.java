// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Ids;
import dev.fairway.testkit.openstack.sim.Refused;
import java.time.InstantSource;
import java.util.Set;

/// Each shows its rules.
final class SecurityGroups extends Resource {
  private static final Set<String> POST = Set.of("name", "description", "stateful");

  private final Ports ports;
  private final Ids ids;
  private final InstantSource clock;
  private final SecurityGroupRules rules;

  SecurityGroups(Ports ports, Ids ids, InstantSource clock) {
    super(
        "security_group",
        "SecurityGroup",
        Set.of("id", "name", "project_id", "tenant_id", "description", "stateful", "shared"));
    this.ports = ports;
    this.ids = ids;
    this.clock = clock;
    this.rules = new SecurityGroupRules(this, ids, clock);
  }

  SecurityGroupRules rules() {
    return rules;
  }

  @Override
  Refused missing(String id) {
    return Refused.neutron(
        404, "SecurityGroupNotFound", "Security group %s does not exist".formatted(id));
  }

  @Override
  ObjectNode view(ObjectNode row) {
    var view = row.deepCopy();
    view.putArray("security_group_rules").addAll(rules.of(Row.id(row)));
    return view;
  }

  @Override
  ObjectNode create(Caller caller, JsonNode wanted) {
    Body.check("POST", wanted, POST, attributes());
    var row = Row.of(ids.next(), caller.project(), clock.instant());
    row.put("name", wanted.path("name").asText(""));
    row.put("description", wanted.path("description").asText(""));
    row.put("stateful", wanted.path("stateful").asBoolean(true)).put("shared", false);
    rules.allowAllOut(row);
    return add(row);
  }

  @Override
  void update(Caller caller, ObjectNode row, JsonNode wanted) {
    Body.check("PUT", wanted, POST, attributes());
    wanted.properties().forEach(entry -> row.set(entry.getKey(), entry.getValue()));
  }

  @Override
  void delete(Caller caller, ObjectNode row) {
    var id = Row.id(row);
    if (ports.all().stream()
        .anyMatch(port -> Json.texts(port.path("security_groups")).contains(id))) {
      throw Refused.neutron(409, "SecurityGroupInUse", "Security Group %s in use.".formatted(id));
    }
    rules.of(id).forEach(rule -> rules.remove(Row.id(rule)));
    remove(id);
  }
}
