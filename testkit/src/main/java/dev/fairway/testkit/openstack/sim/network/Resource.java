// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Refused;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// One kind of thing in Neutron, with all of its rows.
abstract class Resource {
  private final String singular;
  private final String type;
  private final Set<String> attributes;
  private final Map<String, ObjectNode> rows = new LinkedHashMap<>();

  /// @param singular as in `floatingip`
  /// @param type in the names of errors, as in `FloatingIP`
  /// @param attributes that lists can be filtered by
  Resource(String singular, String type, Set<String> attributes) {
    this.singular = singular;
    this.type = type;
    this.attributes = attributes;
  }

  final String singular() {
    return singular;
  }

  /// In the body of a list.
  final String plural() {
    return singular + "s";
  }

  final Set<String> attributes() {
    return attributes;
  }

  final Collection<ObjectNode> all() {
    return rows.values();
  }

  final ObjectNode add(ObjectNode row) {
    rows.put(Row.id(row), row);
    return row;
  }

  final void remove(String id) {
    rows.remove(id);
  }

  final long count(String project) {
    return rows.values().stream().filter(row -> Row.project(row).equals(project)).count();
  }

  /// Whatever `id` names, to whomever it belongs.
  ///
  /// @throws Refused when there is nothing
  final ObjectNode get(String id) {
    var row = rows.get(id);
    if (row == null) {
      throw missing(id);
    }
    return row;
  }

  /// @throws Refused also when the caller may not see it
  final ObjectNode get(Caller caller, String id) {
    var row = get(id);
    if (!visible(caller, row)) {
      throw missing(id);
    }
    return row;
  }

  Refused missing(String id) {
    return Refused.neutron(404, type + "NotFound", "%s %s could not be found.".formatted(type, id));
  }

  boolean visible(Caller caller, ObjectNode row) {
    return caller.mayRead(Row.project(row));
  }

  /// As a client sees it.
  ObjectNode view(ObjectNode row) {
    return row;
  }

  ObjectNode create(Caller caller, JsonNode wanted) {
    throw forbidden("create_" + singular);
  }

  void update(Caller caller, ObjectNode row, JsonNode wanted) {
    throw forbidden("update_" + singular);
  }

  void delete(Caller caller, ObjectNode row) {
    throw forbidden("delete_" + singular);
  }

  static Refused forbidden(String rule) {
    return Refused.neutron(
        403, "PolicyNotAuthorized", "rule:%s is disallowed by policy".formatted(rule));
  }
}
