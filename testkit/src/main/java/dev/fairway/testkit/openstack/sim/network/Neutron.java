// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Answer;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.http.Request;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Ids;
import dev.fairway.testkit.openstack.sim.Refused;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The network service. Not safe for several threads: its caller lets in one at a time.
public final class Neutron {
  private static final String VERSION = "v2.0";

  private final InstantSource clock;
  private final String url;
  private final Quotas quotas = new Quotas();
  private final Networks networks = new Networks();
  private final Subnets subnets = new Subnets(networks);
  private final Routers routers = new Routers();
  private final Ports ports;
  private final FloatingIps floatingIps;
  private final SecurityGroups groups;
  private final Map<String, Resource> resources;

  /// @param url of the endpoint, without a slash at its end
  public Neutron(InstantSource clock, Ids ids, String url) {
    this.clock = clock;
    this.url = url;
    this.ports = new Ports(networks, subnets, ids, clock);
    this.floatingIps = new FloatingIps(networks, subnets, ports, routers, ids, clock);
    this.groups = new SecurityGroups(ports, ids, clock);
    this.resources =
        Map.of(
            "networks", networks,
            "subnets", subnets,
            "routers", routers,
            "ports", ports,
            "floatingips", floatingIps,
            "security-groups", groups,
            "security-group-rules", groups.rules());
  }

  /// @throws Refused when it is not carried out
  public Answer send(Caller caller, Request request) {
    var path = request.segments();
    if (path.isEmpty()) {
      return Answer.json(200, versions());
    }
    if (path.size() == 3 && path.get(1).equals("quotas")) {
      return quota(caller, request, path.get(2));
    }
    var resource = path.size() < 2 ? null : resources.get(path.get(1));
    if (!path.getFirst().equals(VERSION) || resource == null) {
      throw notFound();
    }
    var call = new ResourceCall(resource, caller, request, url, quotas, clock);
    return switch (path.size()) {
      case 2 -> call.onAll();
      case 3 -> call.onOne(path.get(2), this::gone);
      case 4 -> call.onTags(path.get(2));
      default -> throw notFound();
    };
  }

  private Answer quota(Caller caller, Request request, String project) {
    if (request.reading() ? !caller.mayRead(project) : !caller.admin()) {
      throw Resource.forbidden("update_quota");
    }
    switch (request.method()) {
      case "PUT" ->
          request
              .json()
              .path("quota")
              .properties()
              .forEach(entry -> quotas.set(project, entry.getKey(), entry.getValue().asInt()));
      case "DELETE" -> quotas.reset(project);
      default -> {}
    }
    var body = Json.object();
    var quota = body.putObject("quota");
    resources.values().stream()
        .map(Resource::singular)
        .forEach(kind -> quota.put(kind, quotas.limit(project, kind)));
    return request.method().equals("DELETE") ? Answer.empty(204) : Answer.json(200, body);
  }

  /// What is left to do when a client has deleted something.
  private void gone(Resource resource, String id) {
    if (resource.equals(ports)) {
      floatingIps.portDeleted(id);
    }
  }

  static Refused notFound() {
    return Refused.neutron(404, "HTTPNotFound", "The resource could not be found.");
  }

  private ObjectNode versions() {
    var root = Json.object();
    var version = root.putArray("versions").addObject().put("id", VERSION).put("status", "CURRENT");
    version.putArray("links").addObject().put("rel", "self").put("href", url + "/" + VERSION + "/");
    return root;
  }

  /// Makes a network.
  public void plantNetwork(String id, String project, String name, boolean external) {
    networks.plant(id, project, name, external, clock.instant());
  }

  /// Makes a subnet.
  ///
  /// @param pool the first and the last address to give out
  public void plantSubnet(String id, String network, String name, String cidr, List<String> pool) {
    subnets.plant(id, networks.get(network), name, cidr, pool, clock.instant());
  }

  /// Gives tags to a subnet.
  public void tagSubnet(String id, List<String> tags) {
    subnets.get(id).set("tags", Json.texts(tags));
  }

  /// Makes a router from a private network to an external one.
  public void plantRouter(String id, String project, String external, List<String> inside) {
    var router = routers.plant(id, project, external, clock.instant());
    inside.forEach(subnet -> routers.attach(router, subnets.get(subnet)));
  }

  /// Makes a port with an address in each of these subnets; returns it.
  public ObjectNode plantPort(String project, String name, List<String> inSubnets) {
    return ports.plant(project, name, inSubnets.stream().map(subnets::get).toList());
  }

  /// @param limit -1 for none
  public void quota(String project, String kind, int limit) {
    quotas.set(project, kind, limit);
  }

  /// Whether tenants may choose the address of a floating IP; at first only administrators may.
  public void addressChoice(boolean allowed) {
    floatingIps.addressChoice(allowed);
  }

  /// What another service asks for a caller; empty when the caller cannot see it.
  public Optional<ObjectNode> network(Caller caller, String id) {
    return visible(networks, caller, id);
  }

  public Optional<ObjectNode> subnet(Caller caller, String id) {
    return visible(subnets, caller, id);
  }

  public Optional<ObjectNode> port(Caller caller, String id) {
    return visible(ports, caller, id);
  }

  public Optional<ObjectNode> securityGroup(Caller caller, String id) {
    return visible(groups, caller, id);
  }

  private static Optional<ObjectNode> visible(Resource resource, Caller caller, String id) {
    try {
      return Optional.of(resource.get(caller, id));
    } catch (Refused _) {
      return Optional.empty();
    }
  }

  /// A port for a load balancer, with these addresses; a subnet without one gets the next.
  ///
  /// @param addresses by subnet; empty text for any
  public ObjectNode vipPort(String project, String name, Map<String, String> addresses) {
    var fixed =
        addresses.entrySet().stream()
            .map(entry -> {
              var subnet = subnets.get(entry.getKey());
              var address =
                  entry.getValue().isEmpty()
                      ? subnets.take(subnet).orElseThrow(() -> exhausted(subnet))
                      : subnets.take(subnet, entry.getValue());
              return Ports.fixed(subnet, address);
            })
            .toList();
    var network = subnets.get(addresses.keySet().iterator().next()).path("network_id").asText();
    return ports.plant(project, name, network, fixed).put("admin_state_up", false);
  }

  private static Refused exhausted(ObjectNode subnet) {
    return Refused.neutron(
        409,
        "IpAddressGenerationFailure",
        "No more IP addresses available on network %s."
            .formatted(subnet.path("network_id").asText()));
  }

  /// Deletes a port that another service made; nothing when it is gone.
  public void releasePort(String id) {
    ports.all().stream()
        .filter(row -> Row.id(row).equals(id))
        .findFirst()
        .ifPresent(row -> {
          ports.delete(new Caller(Row.project(row), true), row);
          floatingIps.portDeleted(id);
        });
  }
}
