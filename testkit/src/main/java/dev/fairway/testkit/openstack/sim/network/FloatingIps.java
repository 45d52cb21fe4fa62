// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Address;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Ids;
import dev.fairway.testkit.openstack.sim.Refused;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// Never more than `DOWN`, as with a Neutron whose routers no agent serves.
final class FloatingIps extends Resource {
  private static final Set<String> POST =
      Set.of(
          "floating_network_id",
          "subnet_id",
          "floating_ip_address",
          "port_id",
          "fixed_ip_address",
          "description");
  private static final Set<String> PUT = Set.of("port_id", "fixed_ip_address", "description");

  private final Networks networks;
  private final Subnets subnets;
  private final Associations associations;
  private final Ids ids;
  private final InstantSource clock;
  private boolean addressChoice;

  FloatingIps(
      Networks networks,
      Subnets subnets,
      Ports ports,
      Routers routers,
      Ids ids,
      InstantSource clock) {
    super(
        "floatingip",
        "FloatingIP",
        Set.of(
            "id",
            "project_id",
            "tenant_id",
            "floating_ip_address",
            "floating_network_id",
            "router_id",
            "port_id",
            "fixed_ip_address",
            "status",
            "description"));
    this.networks = networks;
    this.subnets = subnets;
    this.associations = new Associations(ports, routers);
    this.ids = ids;
    this.clock = clock;
  }

  /// Whether tenants may choose the address; by default only administrators may.
  void addressChoice(boolean allowed) {
    addressChoice = allowed;
  }

  @Override
  Refused missing(String id) {
    return Refused.neutron(
        404, "FloatingIPNotFound", "Floating IP %s could not be found".formatted(id));
  }

  @Override
  ObjectNode create(Caller caller, JsonNode wanted) {
    Body.check("POST", wanted, POST, attributes());
    if (Body.has(wanted, "floating_ip_address") && !caller.admin() && !addressChoice) {
      throw forbidden("create_floatingip and rule:create_floatingip:floating_ip_address");
    }
    var network = networks.get(caller, Body.uuid(wanted, "floating_network_id"));
    if (!Networks.external(network)) {
      throw Associations.bad(
          "Network %s is not a valid external network".formatted(Row.id(network)));
    }
    if (Body.has(wanted, "port_id")) {
      // Before an address is taken for it.
      associations.checkFree(all(), caller, network, wanted);
    }
    var row = Row.of(ids.next(), caller.project(), clock.instant());
    row.remove("name");
    row.put("floating_network_id", Row.id(network)).put("status", "DOWN");
    row.put("description", wanted.path("description").asText(""));
    row.put("floating_ip_address", address(network, wanted)).putNull("qos_policy_id");
    Associations.detach(row);
    if (Body.has(wanted, "port_id")) {
      associations.attach(row, caller, wanted);
    }
    return add(row);
  }

  private String address(ObjectNode network, JsonNode wanted) {
    var among =
        Body.has(wanted, "subnet_id")
            ? List.of(subnet(network, wanted.path("subnet_id").asText()))
            : subnets.of(network);
    if (Body.has(wanted, "floating_ip_address")) {
      var text = wanted.path("floating_ip_address").asText();
      var address = Address.of(text);
      return among.stream()
          .filter(subnet -> address.filter(Subnets.cidr(subnet)::contains).isPresent())
          .findFirst()
          .map(subnet -> subnets.take(subnet, text))
          .orElseThrow(() ->
              Refused.neutron(
                  400,
                  "InvalidInput",
                  "Invalid input for operation: IP address %s is not a valid IP for any of the subnets on the specified network."
                      .formatted(text)));
    }
    return among.stream()
        .filter(subnet -> !Subnets.v6(subnet))
        .flatMap(subnet -> subnets.take(subnet).stream())
        .findFirst()
        .orElseThrow(() ->
            Refused.neutron(
                409,
                "IpAddressGenerationFailure",
                "No more IP addresses available on network %s.".formatted(Row.id(network))));
  }

  private ObjectNode subnet(ObjectNode network, String id) {
    if (!Json.texts(network.path("subnets")).contains(id)) {
      throw Refused.neutron(
          400,
          "InvalidInput",
          "Invalid input for operation: Failed to create port on network %s, because fixed_ips included invalid subnet %s."
              .formatted(Row.id(network), id));
    }
    return subnets.get(id);
  }

  @Override
  void update(Caller caller, ObjectNode row, JsonNode wanted) {
    Body.check("PUT", wanted, PUT, attributes());
    if (Body.has(wanted, "port_id")) {
      var network = networks.get(row.path("floating_network_id").asText());
      if (!wanted.path("port_id").equals(row.path("port_id"))) {
        associations.checkFree(all(), caller, network, wanted);
      }
      associations.attach(row, caller, wanted);
    } else if (wanted.has("port_id")) {
      Associations.detach(row);
    }
    if (wanted.has("description")) {
      row.set("description", TextNode.valueOf(wanted.path("description").asText("")));
    }
  }

  @Override
  void delete(Caller caller, ObjectNode row) {
    var address = row.path("floating_ip_address").asText();
    subnets.of(networks.get(row.path("floating_network_id").asText())).stream()
        .filter(subnet -> Address.of(address).filter(Subnets.cidr(subnet)::contains).isPresent())
        .forEach(subnet -> subnets.free(Row.id(subnet), address));
    remove(Row.id(row));
  }

  /// The port is gone.
  void portDeleted(String port) {
    all().stream()
        .filter(row -> row.path("port_id").asText().equals(port))
        .forEach(row -> {
          Associations.detach(row);
          Row.touch(row, clock.instant());
        });
  }
}
