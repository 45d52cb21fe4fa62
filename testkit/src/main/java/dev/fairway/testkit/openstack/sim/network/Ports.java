// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Ids;
import dev.fairway.testkit.openstack.sim.Refused;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/// Ports of nodes, and those of VIPs.
final class Ports extends Resource {
  private static final Set<String> POST =
      Set.of(
          "name",
          "description",
          "network_id",
          "fixed_ips",
          "device_id",
          "device_owner",
          "security_groups",
          "admin_state_up",
          "tags",
          "allowed_address_pairs");
  private static final Set<String> PUT =
      Set.of(
          "name",
          "description",
          "device_id",
          "device_owner",
          "security_groups",
          "admin_state_up",
          "allowed_address_pairs");

  private final Subnets subnets;
  private final Networks networks;
  private final Ids ids;
  private final InstantSource clock;

  Ports(Networks networks, Subnets subnets, Ids ids, InstantSource clock) {
    super(
        "port",
        "Port",
        Set.of(
            "id",
            "name",
            "project_id",
            "tenant_id",
            "network_id",
            "device_id",
            "device_owner",
            "fixed_ips",
            "status",
            "admin_state_up",
            "mac_address",
            "description",
            "security_groups"));
    this.networks = networks;
    this.subnets = subnets;
    this.ids = ids;
    this.clock = clock;
  }

  /// A port with the next address of each of these subnets, which are of one network.
  ObjectNode plant(String project, String name, List<ObjectNode> on) {
    var fixed =
        on.stream()
            .map(subnet -> fixed(subnet, subnets.take(subnet).orElseThrow(() -> full(subnet))))
            .toList();
    return plant(project, name, on.getFirst().path("network_id").asText(), fixed);
  }

  ObjectNode plant(String project, String name, String network, List<ObjectNode> fixed) {
    var row = Row.of(ids.next(), project, clock.instant()).put("name", name);
    row.put("network_id", network).put("status", "DOWN").put("admin_state_up", true);
    row.put("device_id", "").put("device_owner", "").put("mac_address", "fa:16:3e:00:00:01");
    row.putArray("fixed_ips").addAll(fixed);
    row.putArray("security_groups");
    row.putArray("allowed_address_pairs");
    return add(row);
  }

  static ObjectNode fixed(ObjectNode subnet, String address) {
    return Json.object().put("subnet_id", Row.id(subnet)).put("ip_address", address);
  }

  private static Refused full(ObjectNode subnet) {
    return Refused.neutron(
        409,
        "IpAddressGenerationFailure",
        "No more IP addresses available on network %s."
            .formatted(subnet.path("network_id").asText()));
  }

  @Override
  ObjectNode create(Caller caller, JsonNode wanted) {
    Body.check("POST", wanted, POST, attributes());
    var network = networks.get(caller, Body.uuid(wanted, "network_id"));
    var fixed =
        wanted.has("fixed_ips")
            ? StreamSupport.stream(wanted.path("fixed_ips").spliterator(), false)
                .map(one -> fixed(network, one))
                .toList()
            : List.of(fixed(network, Json.object()));
    var row = plant(caller.project(), "", Row.id(network), fixed);
    wanted.properties().stream()
        // Tags are taken, and dropped without a word.
        .filter(entry -> !Set.of("fixed_ips", "tags").contains(entry.getKey()))
        .forEach(entry -> row.set(entry.getKey(), entry.getValue()));
    return row;
  }

  private ObjectNode fixed(ObjectNode network, JsonNode wanted) {
    var subnet =
        wanted.has("subnet_id")
            ? subnets.get(wanted.path("subnet_id").asText())
            : subnets.of(network).getFirst();
    var address =
        wanted.has("ip_address")
            ? subnets.take(subnet, wanted.path("ip_address").asText())
            : subnets.take(subnet).orElseThrow(() -> full(subnet));
    return fixed(subnet, address);
  }

  @Override
  void update(Caller caller, ObjectNode row, JsonNode wanted) {
    Body.check("PUT", wanted, PUT, attributes());
    wanted.properties().forEach(entry -> row.set(entry.getKey(), entry.getValue()));
  }

  @Override
  void delete(Caller caller, ObjectNode row) {
    row.path("fixed_ips")
        .forEach(fixed ->
            subnets.free(fixed.path("subnet_id").asText(), fixed.path("ip_address").asText()));
    remove(Row.id(row));
  }
}
