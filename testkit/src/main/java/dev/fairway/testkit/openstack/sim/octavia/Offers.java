// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Refused;
import java.util.Set;
import java.util.TreeSet;

/// What administrators have prepared for tenants: flavors and availability zones. And the versions
/// of the API.
final class Offers {
  private static final int OLDEST = 0;

  private final Set<String> flavors = new TreeSet<>();
  private final Set<String> zones = new TreeSet<>();
  private final String url;
  private int newest = 30;

  /// @param url of the endpoint, without a slash at its end
  Offers(String url) {
    this.url = url;
  }

  void flavor(String id) {
    flavors.add(id);
  }

  void zone(String name) {
    zones.add(name);
  }

  /// What it says of itself; all of 2.30 works nevertheless.
  void newest(int minor) {
    newest = minor;
  }

  void check(JsonNode wanted) {
    if (wanted.hasNonNull("flavor_id") && !flavors.contains(wanted.path("flavor_id").asText())) {
      throw Refused.validation("Invalid flavor_id.");
    }
    var zone = wanted.path("availability_zone");
    if (zone.isTextual() && !zones.contains(zone.asText())) {
      throw Refused.validation("Invalid availability zone.");
    }
  }

  ObjectNode flavors() {
    var body = Json.object();
    var list = body.putArray("flavors");
    flavors.forEach(id ->
        list.addObject()
            .put("id", id)
            .put("name", "flavor-" + id)
            .put("description", "")
            .put("enabled", true)
            .put("flavor_profile_id", id));
    body.putArray("flavors_links");
    return body;
  }

  ObjectNode zones() {
    var body = Json.object();
    var list = body.putArray("availability_zones");
    zones.forEach(name ->
        list.addObject()
            .put("name", name)
            .put("description", "")
            .put("enabled", true)
            .put("availability_zone_profile_id", name));
    body.putArray("availability_zones_links");
    return body;
  }

  ObjectNode versions() {
    var body = Json.object();
    var list = body.putArray("versions");
    for (int minor = OLDEST; minor <= newest; minor++) {
      var version = list.addObject().put("id", "v2." + minor);
      version.put("status", minor == newest ? "CURRENT" : "SUPPORTED");
      version.put("updated", "2025-02-26T00:00:00Z");
      version.putArray("links").addObject().put("href", url + "/v2").put("rel", "self");
    }
    return body;
  }
}
