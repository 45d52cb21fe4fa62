// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.openstack.cloud.connect.Call;
import dev.fairway.openstack.cloud.connect.Lane;
import dev.fairway.openstack.cloud.connect.OpenStackApi;
import dev.fairway.openstack.cloud.connect.Operation;
import dev.fairway.openstack.model.Abilities;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.Graph;
import dev.fairway.openstack.model.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads of Octavia (API v2).
final class OctaviaReads {
  static final String BALANCERS = "/lbaas/loadbalancers";
  static final String LISTENERS = "/lbaas/listeners";
  static final String POOLS = "/lbaas/pools";
  static final String MONITORS = "/lbaas/healthmonitors";
  private static final Pattern VERSION = Pattern.compile("v2\\.(\\d+)");

  private final OpenStackApi api;

  OctaviaReads(OpenStackApi api) {
    this.api = api;
  }

  /// What this Octavia can do.
  Abilities abilities() {
    var versions =
        api.get(Call.of(Operation.GET_VERSIONS, "/"))
            .map(answer -> answer.path("versions"))
            .orElseThrow(() -> new IllegalStateException("Octavia names no API versions"));
    var newest =
        Json.stream(versions)
            .map(version -> VERSION.matcher(version.path("id").asText()))
            .filter(match -> match.matches())
            .mapToInt(match -> Integer.parseInt(match.group(1)))
            .max()
            .orElse(0);
    return new Abilities(newest);
  }

  /// All load balancers of the project.
  List<Inventory.Listed> balancers(Lane lane) {
    return api
        .list(Call.of(Operation.LIST_LOAD_BALANCERS, BALANCERS).in(lane), "loadbalancers")
        .stream()
        .map(
            node -> new Inventory.Listed(Views.balancer(node), Json.textOr(node, "updated_at", "")))
        .toList();
  }

  /// What Octavia is doing to load balancers.
  ///
  /// @param tag of those that are asked for; empty for all of the project
  List<Inventory.Status> statuses(Optional<String> tag) {
    var call =
        Call.of(Operation.LIST_LOAD_BALANCERS, BALANCERS)
            .in(Lane.POLL)
            .with("fields", "id")
            .with("fields", "provisioning_status")
            .with("fields", "operating_status")
            .with("fields", "updated_at");
    var asked = tag.map(only -> call.with("tags", only)).orElse(call);
    return api.list(asked, "loadbalancers").stream()
        .map(node ->
            new Inventory.Status(
                node.path("id").asText(),
                Json.textOr(node, "provisioning_status", ""),
                Json.textOr(node, "operating_status", ""),
                Json.textOr(node, "updated_at", "")))
        .toList();
  }

  /// What is on all load balancers of the project, but for the members of pools: those take a call
  /// for each pool.
  Map<String, Graph> graphs(Lane lane) {
    return graphs(
        api.list(Call.of(Operation.LIST_LISTENERS, LISTENERS).in(lane), "listeners"),
        api.list(Call.of(Operation.LIST_POOLS, POOLS).in(lane), "pools"),
        api.list(Call.of(Operation.LIST_MONITORS, MONITORS).in(lane), "healthmonitors"));
  }

  /// What is in ERROR of the listeners, pools and monitors of the project. Members cannot be listed
  /// together.
  Failures failures(Lane lane) {
    var balancers =
        Stream.concat(
                failed(Operation.LIST_LISTENERS, LISTENERS, "listeners", "loadbalancers", lane),
                failed(Operation.LIST_POOLS, POOLS, "pools", "loadbalancers", lane))
            .collect(Collectors.toSet());
    var pools =
        failed(Operation.LIST_MONITORS, MONITORS, "healthmonitors", "pools", lane)
            .collect(Collectors.toSet());
    return new Failures(balancers, pools);
  }

  private Stream<String> failed(
      Operation list, String path, String collection, String parents, Lane lane) {
    var call =
        Call.of(list, path)
            .in(lane)
            .with("provisioning_status", "ERROR")
            .with("fields", "id")
            .with("fields", parents);
    return api.list(call, collection).stream().flatMap(node -> ids(node.path(parents)));
  }

  /// Where something is in ERROR.
  ///
  /// @param balancers those with such a listener or pool
  /// @param pools those with such a monitor
  record Failures(Set<String> balancers, Set<String> pools) {
    boolean touch(Balancer balancer) {
      return balancers.contains(balancer.id())
          || balancer.graph().stream()
              .flatMap(graph -> graph.pools().stream())
              .anyMatch(pool -> pools.contains(pool.id()));
    }
  }

  /// Whether anything behind a listener of a load balancer is in ERROR, members too. The tree of
  /// states tells that of all its pools in one call, and of pools that no listener leads to,
  /// nothing (API reference: "Get the Load Balancer status tree").
  boolean anyFailed(String id, Lane lane) {
    var call = Call.of(Operation.GET_STATUS_TREE, BALANCERS + "/" + id + "/status").in(lane);
    return api.get(call).stream()
        .flatMap(tree -> tree.findValuesAsText("provisioning_status").stream())
        .anyMatch("ERROR"::equals);
  }

  /// What is on one, members too.
  Graph graph(String id, Lane lane) {
    var listeners =
        api.list(
            Call.of(Operation.LIST_LISTENERS, LISTENERS).in(lane).with("loadbalancer_id", id),
            "listeners");
    var pools =
        api.list(
            Call.of(Operation.LIST_POOLS, POOLS).in(lane).with("loadbalancer_id", id), "pools");
    var monitors = new ArrayList<JsonNode>();
    for (var pool : pools) {
      if (Json.text(pool, "healthmonitor_id").isPresent()) {
        monitors.addAll(
            api.list(
                Call.of(Operation.LIST_MONITORS, MONITORS)
                    .in(lane)
                    .with("pool_id", pool.path("id").asText()),
                "healthmonitors"));
      }
    }
    var graph = graphs(listeners, pools, monitors).getOrDefault(id, Graph.EMPTY);
    return withMembers(graph, lane);
  }

  /// The same with the members of those pools of which they are not known.
  Graph withMembers(Graph graph, Lane lane) {
    var read = graph;
    for (var pool : graph.pools()) {
      if (pool.members().isEmpty()) {
        read = read.with(pool.withMembers(Optional.of(members(pool.id(), lane))));
      }
    }
    return read;
  }

  List<Pool.Member> members(String pool, Lane lane) {
    return Views.members(
        api.list(
            Call.of(Operation.LIST_MEMBERS, POOLS + "/" + pool + "/members").in(lane), "members"));
  }

  Optional<Balancer> balancer(String id) {
    return api.get(Call.of(Operation.GET_LOAD_BALANCER, BALANCERS + "/" + id))
        .map(answer -> Views.balancer(answer.path("loadbalancer")));
  }

  private static Map<String, Graph> graphs(
      List<JsonNode> listeners, List<JsonNode> pools, List<JsonNode> monitors) {
    var monitorById =
        monitors.stream()
            .map(Views::monitor)
            .collect(Collectors.toMap(Pool.Monitor::id, monitor -> monitor, (one, _) -> one));
    var graphs = new HashMap<String, Graph>();
    for (var node : listeners) {
      var listener = Views.listener(node);
      owners(node)
          .forEach(id ->
              graphs.merge(
                  id, new Graph(List.of(listener), List.of()), (all, _) -> all.with(listener)));
    }
    for (var node : pools) {
      var pool =
          Views.pool(
              node,
              Json.text(node, "healthmonitor_id")
                  .flatMap(id -> Optional.ofNullable(monitorById.get(id))),
              Optional.empty());
      owners(node)
          .forEach(id ->
              graphs.merge(id, new Graph(List.of(), List.of(pool)), (all, _) -> all.with(pool)));
    }
    return graphs;
  }

  private static List<String> owners(JsonNode node) {
    return ids(node.path("loadbalancers")).toList();
  }

  private static Stream<String> ids(JsonNode references) {
    return Json.stream(references).map(one -> one.path("id").asText());
  }
}
