// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Refused;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Load balancers as a whole.
final class Balancers {
  private final Store store;
  private final Lifecycle lifecycle;
  private final Children children;
  private final Quotas quotas;
  private final Providers providers;
  private final Offers offers;
  private final Vips vips;
  private final PoolRules rules;

  Balancers(
      Store store,
      Lifecycle lifecycle,
      Children children,
      Quotas quotas,
      Providers providers,
      Offers offers,
      Vips vips,
      PoolRules rules) {
    this.store = store;
    this.lifecycle = lifecycle;
    this.children = children;
    this.quotas = quotas;
    this.providers = providers;
    this.offers = offers;
    this.vips = vips;
    this.rules = rules;
  }

  ObjectNode create(Caller caller, JsonNode wanted) {
    Schemas.BALANCER_POST.check("load_balancer.loadbalancer", wanted);
    var project = wanted.path("project_id").asText(caller.project());
    if (!caller.mayRead(project)) {
      throw Octavia.forbidden();
    }
    var choice = vips.choose(caller, wanted);
    offers.check(wanted);
    var provider = wanted.path("provider").asText(Providers.AMPHORA);
    providers.checkEnabled(provider);
    quotas.check(project, Quotas.Kind.BALANCER, 1);
    providers.checkZone(provider, wanted.path("availability_zone").asText(""));
    var row = row(project, wanted).put("provider", provider);
    // From here on a refusal leaves the port behind, as it does with the real one.
    vips.settle(choice, row);
    var balancer = new Balancer(row, choice.port().isEmpty());
    addGraph(balancer, wanted);
    store.add(balancer);
    balancer.failing = !subnetsExist(caller, balancer);
    lifecycle.schedule(balancer);
    return balancer.graph();
  }

  private ObjectNode row(String project, JsonNode wanted) {
    var row = children.row(project, wanted);
    row.set("flavor_id", wanted.has("flavor_id") ? wanted.path("flavor_id") : row.nullNode());
    row.set(
        "availability_zone",
        wanted.has("availability_zone") ? wanted.path("availability_zone") : row.nullNode());
    row.putNull("vip_qos_policy_id").put("vip_vnic_type", "normal");
    row.set("vip_sg_ids", wanted.has("vip_sg_ids") ? wanted.path("vip_sg_ids") : Json.array());
    return row;
  }

  /// Pools that no listener leads to are not looked at.
  private boolean subnetsExist(Caller caller, Balancer balancer) {
    return balancer.listeners().values().stream()
        .flatMap(listener -> listener.defaultPool().stream())
        .flatMap(pool -> pool.members().values().stream())
        .flatMap(member -> Optional.ofNullable(member.subnet()).stream())
        .distinct()
        .allMatch(subnet -> rules.subnetExists(caller, subnet));
  }

  private void addGraph(Balancer balancer, JsonNode wanted) {
    var names = new HashSet<String>();
    for (var pool : wanted.path("pools")) {
      addPool(balancer, pool, names);
    }
    for (var listener : wanted.path("listeners")) {
      var pool = listener.path("default_pool");
      if (pool.isObject() && pool.path("name").asText("").isEmpty()) {
        throw Refused.validation(
            "Pools must be named when creating a fully populated loadbalancer.");
      }
      if (pool.size() > 1) {
        addPool(balancer, pool, names);
      }
    }
    for (var listener : wanted.path("listeners")) {
      addListener(balancer, listener);
    }
  }

  private void addPool(Balancer balancer, JsonNode wanted, Set<String> names) {
    var name = wanted.path("name").asText("");
    if (!names.add(name)) {
      throw Refused.validation(
          "Pool names must be unique when creating a fully populated loadbalancer.");
    }
    for (var attribute : List.of("protocol", "lb_algorithm")) {
      if (!wanted.has(attribute)) {
        throw Refused.validation(
            "Pool definition for '%s' missing required attribute: %s".formatted(name, attribute));
      }
    }
    var _ = children.pool(balancer, wanted, true);
  }

  private void addListener(Balancer balancer, JsonNode wanted) {
    var name = wanted.path("default_pool").path("name").asText("");
    var whole = (ObjectNode) wanted.deepCopy();
    whole.remove("default_pool");
    if (!name.isEmpty()) {
      var pool =
          balancer.pools().values().stream()
              .filter(one -> one.row().path("name").asText().equals(name))
              .findFirst()
              .orElseThrow(() ->
                  Refused.validation(
                      "Pool '%s' was referenced but no full definition was found."
                          .formatted(name)));
      whole.put("default_pool_id", pool.id());
    }
    var _ = children.listener(balancer, whole);
  }

  ObjectNode update(Balancer balancer, JsonNode wanted) {
    Schemas.BALANCER_PUT.check("load_balancer.loadbalancer", wanted);
    checkState(balancer, Set.of(Status.ACTIVE));
    Changes.merge(balancer.row(), wanted);
    lifecycle.begin(balancer, Status.PENDING_UPDATE, List.of());
    return balancer.view();
  }

  void delete(Balancer balancer, boolean cascade) {
    if (!cascade && !(balancer.listeners().isEmpty() && balancer.pools().isEmpty())) {
      throw Refused.validation(
          "Cannot delete Load Balancer %s - it has children".formatted(balancer.id()));
    }
    checkState(balancer, Set.of(Status.ACTIVE, Status.ERROR));
    lifecycle.begin(balancer, Status.PENDING_DELETE, List.of());
  }

  void failover(Caller caller, Balancer balancer) {
    if (!caller.admin()) {
      throw Octavia.forbidden();
    }
    providers.checkFailover(balancer);
    checkState(balancer, Set.of(Status.ACTIVE, Status.ERROR));
    lifecycle.begin(balancer, Status.PENDING_UPDATE, List.of());
  }

  private static void checkState(Balancer balancer, Set<String> fine) {
    if (!fine.contains(balancer.status())) {
      throw Refused.octavia(
          409,
          "Invalid state %s of loadbalancer resource %s"
              .formatted(balancer.status(), balancer.id()));
    }
  }

  /// Listeners, their pools, monitors and members, each with both of its states.
  static ObjectNode tree(Balancer balancer) {
    var root = Json.object();
    var top = root.putObject("statuses").putObject("loadbalancer");
    states(balancer, top);
    var listeners = top.putArray("listeners");
    for (var listener : balancer.listeners().values()) {
      var shown = listeners.addObject();
      states(listener, shown);
      var pools = shown.putArray("pools");
      listener.defaultPool().ifPresent(pool -> tree(pool, pools.addObject()));
    }
    return root;
  }

  private static void tree(Pool pool, ObjectNode shown) {
    states(pool, shown);
    pool.monitor()
        .ifPresent(monitor -> {
          var one = shown.putObject("health_monitor");
          states(monitor, one);
          one.put("type", monitor.type());
        });
    var members = shown.putArray("members");
    pool.members().values().forEach(member -> members.add(member.status()));
  }

  private static void states(Part part, ObjectNode shown) {
    for (var name : List.of("id", "name", Status.OPERATING, Status.PROVISIONING)) {
      shown.set(name, part.row().path(name));
    }
  }

  /// For load balancers of another controller, or of another project: whole and at once.
  String plant(Caller owner, JsonNode wanted) {
    var id = create(owner, wanted).path("id").asText();
    var balancer = store.balancer(id);
    lifecycle.forget(balancer);
    lifecycle.end(balancer);
    return id;
  }
}
