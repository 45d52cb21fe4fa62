// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.openstack.cloud.connect.Call;
import dev.fairway.openstack.cloud.connect.OpenStackApi;
import dev.fairway.openstack.cloud.connect.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// What is there, as a client sees it that remembers nothing.
record Sight(OpenStackApi api) implements AutoCloseable {
  List<JsonNode> balancers() {
    return api.list(
        Call.of(Operation.LIST_LOAD_BALANCERS, "/lbaas/loadbalancers"), "loadbalancers");
  }

  /// The only one whose name ends so.
  JsonNode balancer(String end) {
    var found =
        balancers().stream().filter(one -> one.path("name").asText().endsWith(end)).toList();
    if (found.size() != 1) {
      throw new AssertionError("%d load balancers %s".formatted(found.size(), end));
    }
    return found.getFirst();
  }

  List<JsonNode> listeners(String balancer) {
    return api.list(
        Call.of(Operation.LIST_LISTENERS, "/lbaas/listeners").with("loadbalancer_id", balancer),
        "listeners");
  }

  List<JsonNode> pools(String balancer) {
    return api.list(
        Call.of(Operation.LIST_POOLS, "/lbaas/pools").with("loadbalancer_id", balancer), "pools");
  }

  List<JsonNode> members(String pool) {
    return api.list(
        Call.of(Operation.LIST_MEMBERS, "/lbaas/pools/" + pool + "/members"), "members");
  }

  private List<JsonNode> monitors(String pool) {
    return api.list(
        Call.of(Operation.LIST_MONITORS, "/lbaas/healthmonitors").with("pool_id", pool),
        "healthmonitors");
  }

  List<JsonNode> floatingIps() {
    return api.list(Call.of(Operation.LIST_FLOATING_IPS, "/floatingips"), "floatingips");
  }

  /// The floating IPs that lead to a load balancer.
  List<String> leadingTo(JsonNode balancer) {
    return floatingIps().stream()
        .filter(ip -> ip.path("port_id").equals(balancer.path("vip_port_id")))
        .map(ip -> ip.path("floating_ip_address").asText())
        .toList();
  }

  /// Does something to what is there, as a client.
  JsonNode put(Operation operation, String path, JsonNode body) {
    return api.put(Call.of(operation, path), body);
  }

  JsonNode post(Operation operation, String path, JsonNode body) {
    return api.post(Call.of(operation, path), body);
  }

  /// All that is there in lines without ids and addresses, so that two clouds can be compared.
  String picture() {
    var lines = new ArrayList<String>();
    balancers().forEach(balancer -> draw(balancer, lines));
    var names =
        balancers().stream()
            .collect(
                Collectors.toMap(
                    one -> one.path("vip_port_id").asText(), one -> one.path("name").asText()));
    for (var ip : floatingIps()) {
      lines.add(
          "floating IP '%s' -> %s"
              .formatted(
                  ip.path("description").asText(),
                  names.getOrDefault(ip.path("port_id").asText(), "nothing")));
    }
    return lines.stream().sorted().collect(Collectors.joining("\n"));
  }

  private void draw(JsonNode balancer, List<String> lines) {
    var id = balancer.path("id").asText();
    var name = balancer.path("name").asText();
    lines.add(
        "%s: %s".formatted(name, fields(balancer, "provisioning_status", "provider", "tags")));
    for (var pool : pools(id)) {
      var poolId = pool.path("id").asText();
      var users =
          listeners(id).stream()
              .filter(listener -> listener.path("default_pool_id").asText().equals(poolId))
              .map(listener ->
                  fields(
                      listener,
                      "protocol",
                      "protocol_port",
                      "connection_limit",
                      "allowed_cidrs",
                      "timeout_client_data",
                      "insert_headers",
                      "tags"))
              .sorted()
              .toList();
      var members =
          members(poolId).stream()
              .map(one ->
                  fields(one, "name", "address", "protocol_port", "weight", "monitor_port", "tags"))
              .sorted()
              .toList();
      var monitors =
          monitors(poolId).stream()
              .map(one -> fields(one, "type", "delay", "timeout", "max_retries", "url_path"))
              .toList();
      lines.add(
          "%s: %s -> %s %s %s"
              .formatted(
                  name,
                  users,
                  fields(pool, "protocol", "lb_algorithm", "session_persistence", "tags"),
                  members,
                  monitors));
    }
    listeners(id).stream()
        .filter(listener -> listener.path("default_pool_id").isNull())
        .forEach(listener ->
            lines.add("%s: %s -> nothing".formatted(name, fields(listener, "protocol_port"))));
  }

  private static String fields(JsonNode node, String... names) {
    return List.of(names).stream()
        .map(name -> text(node.path(name)))
        .collect(Collectors.joining(" "));
  }

  private static String text(JsonNode value) {
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(JsonNode::asText)
            .sorted()
            .toList()
            .toString()
        : value.toString();
  }

  @Override
  public void close() {
    api.close();
  }
}
