// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.FloatingIp;
import dev.fairway.openstack.model.FloatingIpMark;
import dev.fairway.openstack.model.Graph;
import dev.fairway.openstack.model.Listener;
import dev.fairway.openstack.model.Pool;
import dev.fairway.openstack.model.Surroundings;
import dev.fairway.openstack.model.Tags;
import dev.fairway.openstack.spec.Half;
import dev.fairway.openstack.spec.ListenerSpec.Timeouts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Answers of Octavia and Neutron as records (Octavia API v2, Networking API v2.0).
final class Views {
  private Views() {}

  /// A load balancer without what is on it.
  static Balancer balancer(JsonNode node) {
    return new Balancer(
        node.path("id").asText(),
        Json.textOr(node, "name", ""),
        false,
        Half.MAIN,
        Json.textOr(node, "provisioning_status", ""),
        Json.textOr(node, "operating_status", ""),
        Json.textOr(node, "provider", ""),
        Json.text(node, "flavor_id"),
        Json.text(node, "availability_zone"),
        new Balancer.Vip(
            Json.textOr(node, "vip_address", ""),
            Json.textOr(node, "vip_port_id", ""),
            Json.textOr(node, "vip_subnet_id", ""),
            Json.textOr(node, "vip_network_id", "")),
        Json.stream(node.path("additional_vips"))
            .map(vip ->
                new Balancer.Vip(
                    Json.textOr(vip, "ip_address", ""), "", Json.textOr(vip, "subnet_id", ""), ""))
            .toList(),
        Json.set(node, "tags"),
        Optional.empty(),
        false);
  }

  /// What came with the answer to a load balancer that was made with all that is on it.
  static Graph graph(JsonNode balancer) {
    return new Graph(
        Json.stream(balancer.path("listeners")).map(Views::listener).toList(),
        Json.stream(balancer.path("pools"))
            .map(pool ->
                pool(
                    pool,
                    Optional.of(pool.path("healthmonitor"))
                        .filter(JsonNode::isObject)
                        .map(Views::monitor),
                    Optional.of(members(Json.stream(pool.path("members")).toList()))))
            .toList());
  }

  static Listener listener(JsonNode node) {
    var headers = new TreeMap<String, String>();
    node.path("insert_headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return new Listener(
        node.path("id").asText(),
        Json.textOr(node, "name", ""),
        Json.textOr(node, "protocol", ""),
        Json.intOr(node, "protocol_port", 0),
        Json.intOr(node, "connection_limit", -1),
        List.copyOf(Json.set(node, "allowed_cidrs")),
        new Timeouts(
            Json.intOr(node, "timeout_client_data", 0),
            Json.intOr(node, "timeout_member_connect", 0),
            Json.intOr(node, "timeout_member_data", 0),
            Json.intOr(node, "timeout_tcp_inspect", 0)),
        headers,
        Json.text(node, "default_tls_container_ref"),
        Json.text(node, "default_pool_id"),
        Json.textOr(node, "provisioning_status", ""),
        Json.set(node, "tags"));
  }

  static Pool pool(
      JsonNode node, Optional<Pool.Monitor> monitor, Optional<List<Pool.Member>> members) {
    var persistence = node.path("session_persistence");
    return new Pool(
        node.path("id").asText(),
        Json.textOr(node, "name", ""),
        Json.textOr(node, "protocol", ""),
        Json.textOr(node, "lb_algorithm", ""),
        Json.text(persistence, "type"),
        persistence.isObject()
            ? Json.integer(persistence, "persistence_timeout")
            : OptionalInt.empty(),
        monitor,
        members,
        Json.textOr(node, "provisioning_status", ""),
        Json.set(node, "tags"));
  }

  static List<Pool.Member> members(List<JsonNode> nodes) {
    return nodes.stream().map(Views::member).toList();
  }

  private static Pool.Member member(JsonNode node) {
    return new Pool.Member(
        node.path("id").asText(),
        Json.textOr(node, "name", ""),
        Json.textOr(node, "address", ""),
        Json.intOr(node, "protocol_port", 0),
        Json.text(node, "subnet_id"),
        Json.integer(node, "monitor_port"),
        Json.intOr(node, "weight", 1),
        Json.textOr(node, "provisioning_status", ""),
        Json.textOr(node, "operating_status", ""),
        Json.set(node, "tags"));
  }

  static Pool.Monitor monitor(JsonNode node) {
    return new Pool.Monitor(
        node.path("id").asText(),
        Json.textOr(node, "type", ""),
        Json.intOr(node, "delay", 0),
        Json.intOr(node, "timeout", 0),
        Json.intOr(node, "max_retries", 0),
        Json.intOr(node, "max_retries_down", 0),
        Json.text(node, "url_path"),
        Json.textOr(node, "provisioning_status", ""));
  }

  static FloatingIp floatingIp(JsonNode node, ClusterId cluster) {
    var description = Json.textOr(node, "description", "");
    var mark = FloatingIpMark.read(description).filter(one -> one.cluster().equals(cluster));
    return new FloatingIp(
        node.path("id").asText(),
        Json.textOr(node, "floating_ip_address", ""),
        Json.text(node, "port_id"),
        Json.textOr(node, "floating_network_id", ""),
        description,
        mark.map(FloatingIpMark::key),
        mark.map(FloatingIpMark::keep).orElse(false));
  }

  static Surroundings.Network network(JsonNode node) {
    return new Surroundings.Network(node.path("id").asText(), Json.textOr(node, "name", ""));
  }

  static Surroundings.Subnet subnet(JsonNode node) {
    return new Surroundings.Subnet(
        node.path("id").asText(),
        Json.textOr(node, "name", ""),
        Json.textOr(node, "network_id", ""),
        Json.intOr(node, "ip_version", 4),
        Json.textOr(node, "cidr", ""),
        List.copyOf(Json.set(node, "tags")));
  }

  /// Whether a load balancer belongs to a group by its own tags.
  static Balancer seenFrom(Balancer balancer, Tags tags, LoadBalancerKey key) {
    return balancer.as(
        tags.owner(balancer.tags()).equals(Optional.of(key)), Tags.half(balancer.tags()));
  }
}
