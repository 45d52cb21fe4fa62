// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.openstack.sim.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What a client wants an object to be.
final class Body {
  private static final Set<String> OWNERS = Set.of("project_id", "tenant_id");

  private Body() {}

  /// @param allowed what this kind of request may set
  /// @param known all that objects of this kind have
  static void check(String method, JsonNode wanted, Set<String> allowed, Set<String> known) {
    List<String> unknown = new ArrayList<>();
    for (var entry : wanted.properties()) {
      var name = entry.getKey();
      if (allowed.contains(name) || (method.equals("POST") && OWNERS.contains(name))) {
        continue;
      }
      if (known.contains(name) || name.equals("tags") || OWNERS.contains(name)) {
        throw bad("Attribute '%s' not allowed in %s".formatted(name, method));
      }
      unknown.add("'" + name + "'");
    }
    if (!unknown.isEmpty()) {
      throw bad("Unrecognized attribute(s) " + String.join(", ", unknown));
    }
  }

  static String uuid(JsonNode wanted, String name) {
    var text = wanted.path(name).asText();
    if (!text.matches("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")) {
      throw bad("Invalid input for %s. Reason: '%s' is not a valid UUID.".formatted(name, text));
    }
    return text;
  }

  static boolean has(JsonNode wanted, String name) {
    return wanted.hasNonNull(name);
  }

  static Refused bad(String message) {
    return Refused.neutron(400, "HTTPBadRequest", message);
  }
}
