// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.identity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.fairway.testkit.openstack.http.Json;
import java.util.List;
import java.util.Map;

/// Where the services are: each below the same address, at a path named after its type.
///
/// @param base without a slash at its end
public record Catalogue(String base, String region) {
  private static final Map<String, String> NAMES =
      Map.of(
          "identity", "keystone",
          "load-balancer", "octavia",
          "network", "neutron");

  ArrayNode json() {
    var catalogue = Json.array();
    for (var type : List.of("identity", "load-balancer", "network")) {
      var service = catalogue.addObject();
      service.put("id", "service-" + type).put("type", type).put("name", NAMES.get(type));
      var endpoints = service.putArray("endpoints");
      for (var side : List.of("public", "internal", "admin")) {
        endpoints
            .addObject()
            .put("id", type + "-" + side)
            .put("interface", side)
            .put("region", region)
            .put("region_id", region)
            .put("url", url(type));
      }
    }
    return catalogue;
  }

  String url(String type) {
    return base + "/" + type + (type.equals("identity") ? "/v3" : "");
  }
}
