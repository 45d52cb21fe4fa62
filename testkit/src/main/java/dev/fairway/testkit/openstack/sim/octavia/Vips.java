// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Refused;
import dev.fairway.testkit.openstack.sim.network.Neutron;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;

/// Finds subnet, port and address for new VIPs.
final class Vips {
  private static final String SUBNET = "vip_subnet_id";
  private static final String NETWORK = "vip_network_id";
  private static final String PORT = "vip_port_id";

  private final Neutron neutron;

  Vips(Neutron neutron) {
    this.neutron = neutron;
  }

  /// What is decided before anything is made.
  ///
  /// @param subnets with the address that is asked for; empty text for any
  record Choice(String network, String subnet, Map<String, String> subnets, String port) {}

  Choice choose(Caller caller, JsonNode wanted) {
    for (var group : Json.texts(wanted.path("vip_sg_ids"))) {
      if (neutron.securityGroup(caller, group).isEmpty()) {
        throw Refused.octavia(400, "Security Group %s not found.".formatted(group));
      }
    }
    var address = wanted.path("vip_address").asText("");
    if (wanted.hasNonNull(PORT)) {
      return ofPort(caller, wanted.path(PORT).asText(), wanted);
    }
    if (!wanted.hasNonNull(NETWORK) && !wanted.hasNonNull(SUBNET)) {
      throw Refused.validation(
          "VIP must contain one of: vip_port_id, vip_network_id, vip_subnet_id.");
    }
    var id = wanted.hasNonNull(SUBNET) ? wanted.path(SUBNET).asText() : firstSubnet(caller, wanted);
    var subnet = subnet(caller, id);
    var network = subnet.path("network_id").asText();
    var subnets = new LinkedHashMap<String, String>();
    subnets.put(id, address);
    for (var more : wanted.path("additional_vips")) {
      var other = subnet(caller, more.path("subnet_id").asText());
      if (!other.path("network_id").asText().equals(network)) {
        throw Refused.validation("All VIP subnets must belong to the same network.");
      }
      if (subnets.put(other.path("id").asText(), more.path("ip_address").asText("")) != null) {
        throw Refused.validation(
            "Duplicate VIP subnet(s) specified. Only one IP can be bound per subnet.");
      }
    }
    return new Choice(network, id, subnets, "");
  }

  private Choice ofPort(Caller caller, String id, JsonNode wanted) {
    var port =
        neutron
            .port(caller, id)
            .orElseThrow(() -> Refused.octavia(400, "Port %s not found.".formatted(id)));
    var fixed = port.path("fixed_ips").path(0);
    var subnet = wanted.path(SUBNET).asText(fixed.path("subnet_id").asText());
    var subnets = new LinkedHashMap<String, String>();
    subnets.put(subnet, fixed.path("ip_address").asText());
    return new Choice(port.path("network_id").asText(), subnet, subnets, id);
  }

  /// IPv4 is preferred.
  private String firstSubnet(Caller caller, JsonNode wanted) {
    var id = wanted.path(NETWORK).asText();
    var network =
        neutron
            .network(caller, id)
            .orElseThrow(() -> Refused.octavia(400, "Network %s not found.".formatted(id)));
    var subnets =
        Json.texts(network.path("subnets")).stream().map(one -> subnet(caller, one)).toList();
    return subnets.stream()
        .filter(subnet -> subnet.path("ip_version").asInt() == 4)
        .findFirst()
        .or(() -> subnets.stream().findFirst())
        .map(subnet -> subnet.path("id").asText())
        .orElseThrow(() -> Refused.validation("Supplied network does not contain a subnet."));
  }

  private ObjectNode subnet(Caller caller, String id) {
    return neutron
        .subnet(caller, id)
        .orElseThrow(() -> Refused.octavia(400, "Subnet %s not found.".formatted(id)));
  }

  /// Makes the port, or takes the one that was given, and writes all into the row.
  void settle(Choice choice, ObjectNode row) {
    var project = row.path("project_id").asText();
    var id = row.path("id").asText();
    var port =
        choice.port().isEmpty()
            ? made(project, id, row.path("provider").asText(), choice)
            : neutron.port(new Caller(project, true), choice.port()).orElseThrow();
    row.put(NETWORK, choice.network()).put(SUBNET, choice.subnet());
    row.set(PORT, port.path("id"));
    var additional = row.putArray("additional_vips");
    StreamSupport.stream(port.path("fixed_ips").spliterator(), false)
        .forEach(fixed -> {
          if (fixed.path("subnet_id").asText().equals(choice.subnet())) {
            row.set("vip_address", fixed.path("ip_address"));
          } else {
            additional
                .addObject()
                .<ObjectNode>setAll((ObjectNode) fixed)
                .set("port_id", port.path("id"));
          }
        });
  }

  private ObjectNode made(String project, String balancer, String provider, Choice choice) {
    try {
      return neutron
          .vipPort(project, "octavia-lb-" + balancer, choice.subnets())
          .put("device_id", "lb-" + balancer)
          .put("device_owner", provider.equals("ovn") ? "ovn-lb:vip" : "Octavia");
    } catch (Refused refused) {
      var why = refused.answer().error().orElse("");
      if (refused.answer().status() == 409) {
        throw Refused.octavia(409, "The VIP IP address is already in use: " + why);
      }
      throw Refused.octavia(
          500, "Provider '%s' reports error: BadRequestException: 400".formatted(provider));
    }
  }
}
