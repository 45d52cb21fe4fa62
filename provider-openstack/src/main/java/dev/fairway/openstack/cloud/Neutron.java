// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.openstack.cloud.connect.Call;
import dev.fairway.openstack.cloud.connect.Lane;
import dev.fairway.openstack.cloud.connect.OpenStackApi;
import dev.fairway.openstack.cloud.connect.Operation;
import dev.fairway.openstack.model.FloatingIp;
import dev.fairway.openstack.model.Surroundings.Network;
import dev.fairway.openstack.model.Surroundings.Subnet;
import java.util.List;
import java.util.Optional;

/// Networks, subnets and floating IPs (Networking API v2.0).
final class Neutron {
  private static final String FLOATING_IPS = "/floatingips";

  private final OpenStackApi api;
  private final ClusterId cluster;

  Neutron(OpenStackApi api, ClusterId cluster) {
    this.api = api;
    this.cluster = cluster;
  }

  /// The networks that floating IPs can be taken from.
  List<Network> externalNetworks(Lane lane) {
    return api
        .list(
            Call.of(Operation.LIST_NETWORKS, "/networks").in(lane).with("router:external", "true"),
            "networks")
        .stream()
        .map(Views::network)
        .toList();
  }

  List<Subnet> subnets(Lane lane) {
    return api.list(Call.of(Operation.LIST_SUBNETS, "/subnets").in(lane), "subnets").stream()
        .map(Views::subnet)
        .toList();
  }

  /// All floating IPs of the project.
  List<FloatingIp> floatingIps(Lane lane) {
    return api
        .list(Call.of(Operation.LIST_FLOATING_IPS, FLOATING_IPS).in(lane), "floatingips")
        .stream()
        .map(node -> Views.floatingIp(node, cluster))
        .toList();
  }

  FloatingIp create(
      String network,
      Optional<String> subnet,
      Optional<String> address,
      String port,
      String description,
      String field) {
    var body = Json.object();
    body.put("floating_network_id", network);
    body.put("port_id", port);
    body.put("description", description);
    subnet.ifPresent(id -> body.put("subnet_id", id));
    address.ifPresent(ip -> body.put("floating_ip_address", ip));
    var answer =
        api.post(
            Call.of(Operation.CREATE_FLOATING_IP, FLOATING_IPS).about(field),
            Json.wrapped("floatingip", body));
    return Views.floatingIp(answer.path("floatingip"), cluster);
  }

  /// @param port where it leads to; empty for nowhere
  FloatingIp lead(String id, Optional<String> port) {
    var body = Json.object();
    port.ifPresentOrElse(to -> body.put("port_id", to), () -> body.putNull("port_id"));
    return update(id, body);
  }

  FloatingIp describe(String id, String description) {
    return update(id, Json.object().put("description", description));
  }

  private FloatingIp update(String id, ObjectNode body) {
    var answer =
        api.put(
            Call.of(Operation.UPDATE_FLOATING_IP, FLOATING_IPS + "/" + id),
            Json.wrapped("floatingip", body));
    return Views.floatingIp(answer.path("floatingip"), cluster);
  }

  void delete(String id) {
    api.delete(Call.of(Operation.DELETE_FLOATING_IP, FLOATING_IPS + "/" + id));
  }
}
