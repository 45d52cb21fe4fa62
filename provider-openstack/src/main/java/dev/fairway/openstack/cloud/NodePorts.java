// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.openstack.cloud.connect.Call;
import dev.fairway.openstack.cloud.connect.CallFailed;
import dev.fairway.openstack.cloud.connect.Lane;
import dev.fairway.openstack.cloud.connect.OpenStackApi;
import dev.fairway.openstack.cloud.connect.Operation;
import dev.fairway.openstack.model.Surroundings.Subnet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The ports of nodes, and which security groups they have (Networking API v2.0).
final class NodePorts {
  private static final String PORTS = "/ports";
  private static final int PRECONDITION_FAILED = 412;
  private static final int ATTEMPTS = 5;

  private final OpenStackApi api;

  NodePorts(OpenStackApi api) {
    this.api = api;
  }

  /// @param subnets ids by address
  /// @param filtered whether security groups have any effect at it
  record Port(
      String id,
      Map<String, String> subnets,
      SortedSet<String> groups,
      String owner,
      boolean filtered,
      long revision) {
    // Those of routers, DHCP servers and load balancers are nobody's node. One without a filter
    // lets everything in already.
    boolean ofNode() {
      return filtered
          && !owner.startsWith("network:")
          && !owner.startsWith("neutron:")
          && !owner.startsWith("ovn-lb")
          && !owner.equals("Octavia");
    }
  }

  /// All of the project: one call, where asking for each node would be one for each.
  List<Port> all(Lane lane) {
    return list(Call.of(Operation.LIST_PORTS, PORTS).in(lane));
  }

  /// Those that have a security group.
  List<Port> with(String group, Lane lane) {
    return list(Call.of(Operation.LIST_PORTS, PORTS).in(lane).with("security_groups", group));
  }

  private List<Port> list(Call call) {
    return api
        .list(
            call.with("fields", "id")
                .with("fields", "fixed_ips")
                .with("fields", "security_groups")
                .with("fields", "device_owner")
                .with("fields", "port_security_enabled")
                .with("fields", "revision_number"),
            "ports")
        .stream()
        .map(NodePorts::port)
        .toList();
  }

  /// The ports of the node with this address. Networks may have addresses in common, so where one
  /// of the subnets in which it is looked for may have the address, only that one counts.
  static List<Port> of(String address, Collection<Port> ports, Collection<Subnet> subnets) {
    var having =
        ports.stream()
            .filter(port -> port.ofNode() && port.subnets().containsKey(address))
            .toList();
    var ids =
        subnets.stream()
            .filter(subnet -> subnet.contains(address))
            .map(Subnet::id)
            .collect(Collectors.toSet());
    if (!ids.isEmpty()) {
      return having.stream()
          .filter(port ->
              Optional.ofNullable(port.subnets().get(address)).filter(ids::contains).isPresent())
          .toList();
    }
    return having.size() == 1 ? having : List.of();
  }

  void add(Port port, String group, Lane lane) {
    change(
        port,
        lane,
        groups -> {
          groups.add(group);
          return groups;
        });
  }

  void remove(Port port, String group, Lane lane) {
    change(
        port,
        lane,
        groups -> {
          groups.remove(group);
          return groups;
        });
  }

  // Others change the groups of a port too. Neutron refuses what was made from an old reading.
  private void change(Port port, Lane lane, UnaryOperator<SortedSet<String>> change) {
    var now = Optional.of(port);
    for (var attempt = 1; now.isPresent(); attempt++) {
      var wanted = change.apply(new TreeSet<>(now.get().groups()));
      if (wanted.equals(now.get().groups())) {
        return;
      }
      try {
        put(now.get(), wanted, lane);
        return;
      } catch (CloudException.Conflict e) {
        var failed = CallFailed.of(e);
        var stale = failed.filter(one -> one.status() == PRECONDITION_FAILED).isPresent();
        var gone = failed.filter(one -> one.kind().equals("PortNotFound")).isPresent();
        if (!gone && (!stale || attempt == ATTEMPTS)) {
          throw e;
        }
        now = gone ? Optional.empty() : get(port.id(), lane);
      }
    }
  }

  private void put(Port port, SortedSet<String> groups, Lane lane) {
    var body = Json.object();
    body.set("security_groups", Json.texts(groups));
    var _ =
        api.put(
            Call.of(Operation.UPDATE_PORT, PORTS + "/" + port.id())
                .in(lane)
                .header("If-Match", "revision_number=" + port.revision()),
            Json.wrapped("port", body));
  }

  private Optional<Port> get(String id, Lane lane) {
    return api.get(Call.of(Operation.GET_PORT, PORTS + "/" + id).in(lane))
        .map(answer -> port(answer.path("port")));
  }

  private static Port port(JsonNode node) {
    return new Port(
        node.path("id").asText(),
        Json.stream(node.path("fixed_ips"))
            .collect(
                Collectors.toMap(
                    ip -> ip.path("ip_address").asText(),
                    ip -> ip.path("subnet_id").asText(),
                    (one, _) -> one)),
        Json.set(node, "security_groups"),
        Json.textOr(node, "device_owner", ""),
        node.path("port_security_enabled").asBoolean(true),
        node.path("revision_number").asLong());
  }
}
