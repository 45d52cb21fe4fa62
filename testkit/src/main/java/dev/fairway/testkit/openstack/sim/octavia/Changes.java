// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;

/// What a PUT does to a row: only what it names changes.
final class Changes {
  private Changes() {}

  /// Null brings the default back.
  static void merge(ObjectNode row, JsonNode wanted) {
    wanted
        .properties()
        .forEach(entry -> {
          var name = entry.getKey();
          var value = entry.getValue();
          row.set(name, value.isNull() ? byDefault(name, value) : changed(name, value, row));
        });
  }

  private static JsonNode changed(String name, JsonNode value, ObjectNode row) {
    return switch (name) {
      case "allowed_cidrs" -> ListenerRules.cidrs(value);
      // An empty one changes nothing.
      case "session_persistence" ->
          value.isEmpty() ? row.path(name) : Children.persistence(persistence(value, row));
      default -> value;
    };
  }

  private static JsonNode persistence(JsonNode value, ObjectNode row) {
    var whole = ((ObjectNode) value).deepCopy();
    if (!whole.hasNonNull("type")) {
      whole.set("type", row.path("session_persistence").path("type"));
    }
    return whole;
  }

  private static JsonNode byDefault(String name, JsonNode none) {
    return switch (name) {
      case "name", "description" -> Json.object().textNode("");
      case "connection_limit" -> Json.object().numberNode(-1);
      case "timeout_client_data",
          "timeout_member_connect",
          "timeout_member_data",
          "timeout_tcp_inspect" ->
          Json.object().numberNode(Children.timeout(name));
      case "insert_headers" -> Json.object();
      case "tags", "sni_container_refs" -> Json.array();
      case "client_authentication" -> Json.object().textNode("NONE");
      case "max_retries_down" -> Json.object().numberNode(3);
      case "admin_state_up", "hsts_include_subdomains", "hsts_preload" ->
          Json.object().booleanNode(false);
      default -> none;
    };
  }
}
