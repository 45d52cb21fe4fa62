// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Cidr;
import dev.fairway.testkit.openstack.sim.Refused;
import java.util.Collection;
import java.util.stream.StreamSupport;

/// Floating IPs and the ports that they lead to.
record Associations(Ports ports, Routers routers) {
  /// @throws Refused when no floating IP of `network` may lead to the port that is wanted
  void checkFree(Collection<ObjectNode> all, Caller caller, ObjectNode network, JsonNode wanted) {
    var port = ports.get(caller, Body.uuid(wanted, "port_id"));
    var fixed = fixed(port, wanted);
    var subnet = fixed.path("subnet_id").asText();
    var address = fixed.path("ip_address").asText();
    if (routers.between(subnet, Row.id(network)).isEmpty()) {
      throw Refused.neutron(
          404,
          "ExternalGatewayForFloatingIPNotFound",
          "External network %s is not reachable from subnet %s.  Therefore, cannot associate Port %s with a Floating IP."
              .formatted(Row.id(network), subnet, Row.id(port)));
    }
    all.stream()
        .filter(other -> other.path("port_id").asText().equals(Row.id(port)))
        .filter(other -> other.path("fixed_ip_address").asText().equals(address))
        .findFirst()
        .ifPresent(other -> {
          throw Refused.neutron(
              409,
              "FloatingIPPortAlreadyAssociated",
              "Cannot associate floating IP %s (%s) with port %s using fixed IP %s, as that fixed IP already has a floating IP on external network %s."
                  .formatted(
                      other.path("floating_ip_address").asText(),
                      Row.id(other),
                      Row.id(port),
                      address,
                      Row.id(network)));
        });
  }

  private static JsonNode fixed(ObjectNode port, JsonNode wanted) {
    var address = wanted.path("fixed_ip_address").asText("");
    return StreamSupport.stream(port.path("fixed_ips").spliterator(), false)
        .filter(one ->
            address.isEmpty()
                ? Cidr.of(one.path("ip_address").asText())
                    .filter(cidr -> !cidr.first().v6())
                    .isPresent()
                : one.path("ip_address").asText().equals(address))
        .findFirst()
        .orElseThrow(() ->
            bad(
                "Cannot add floating IP to port %s that has no fixed IPv4 addresses"
                    .formatted(Row.id(port))));
  }

  void attach(ObjectNode row, Caller caller, JsonNode wanted) {
    var port = ports.get(caller, wanted.path("port_id").asText());
    var fixed = fixed(port, wanted);
    var external = row.path("floating_network_id").asText();
    row.put("port_id", Row.id(port)).put("fixed_ip_address", fixed.path("ip_address").asText());
    row.put("router_id", routers.between(fixed.path("subnet_id").asText(), external).orElseThrow());
    row.putObject("port_details")
        .put("name", port.path("name").asText())
        .put("network_id", port.path("network_id").asText())
        .put("device_id", port.path("device_id").asText())
        .put("device_owner", port.path("device_owner").asText())
        .put("status", port.path("status").asText());
  }

  static void detach(ObjectNode row) {
    row.putNull("port_id").putNull("fixed_ip_address").putNull("router_id");
    row.putNull("port_details").put("status", "DOWN");
  }

  static Refused bad(String message) {
    return Refused.neutron(400, "BadRequest", "Bad floatingip request: " + message + ".");
  }
}
