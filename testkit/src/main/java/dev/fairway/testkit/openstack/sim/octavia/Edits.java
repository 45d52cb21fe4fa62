// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Refused;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Single changes of listeners, pools and monitors of a load balancer that is there.
final class Edits {
  private final Store store;
  private final Lifecycle lifecycle;
  private final Children children;
  private final Providers providers;
  private final PoolRules rules;
  private final InstantSource clock;

  Edits(
      Store store,
      Lifecycle lifecycle,
      Children children,
      Providers providers,
      PoolRules rules,
      InstantSource clock) {
    this.store = store;
    this.lifecycle = lifecycle;
    this.children = children;
    this.providers = providers;
    this.rules = rules;
    this.clock = clock;
  }

  ObjectNode addListener(Caller caller, JsonNode wanted) {
    Schemas.LISTENER_POST.check("listener_.listener", wanted);
    var id = wanted.path("loadbalancer_id").asText();
    var balancer = own(caller, gone(id) ? deleted(id) : store.balancer(id));
    refuseNested(wanted, "default_pool");
    lifecycle.checkMutable(balancer);
    var listener = children.listener(balancer, wanted);
    begin(balancer, List.of(listener));
    return listener.view();
  }

  /// The schema has it, but only whole load balancers can bring children along.
  private static void refuseNested(JsonNode wanted, String name) {
    if (!wanted.path(name).isEmpty()) {
      throw Refused.octavia(500, "'dict' object has no attribute '_sa_instance_state'");
    }
  }

  /// The real one still knows rows of load balancers that are gone.
  private boolean gone(String id) {
    return store.balancers().stream().noneMatch(balancer -> balancer.id().equals(id));
  }

  private static Balancer deleted(String id) {
    throw Lifecycle.immutable("Load Balancer", id);
  }

  ObjectNode update(Listener listener, JsonNode wanted) {
    Schemas.LISTENER_PUT.check("listener_.listener", wanted);
    ListenerRules.checkChange(listener, wanted);
    lifecycle.checkMutable(listener.balancer());
    providers.checkListener(listener.balancer(), wanted);
    Changes.merge(listener.row(), wanted);
    begin(listener.balancer(), List.of(listener));
    return listener.view();
  }

  ObjectNode addPool(Caller caller, JsonNode wanted) {
    Schemas.POOL_POST.check("pool_.pool", wanted);
    var balancer = own(caller, parent(wanted));
    refuseNested(wanted, "members");
    refuseNested(wanted, "healthmonitor");
    lifecycle.checkMutable(balancer);
    var touched = new ArrayList<Part>();
    if (wanted.hasNonNull("listener_id")) {
      var listener = store.listener(wanted.path("listener_id").asText());
      ListenerRules.checkProtocols(listener.protocol(), wanted.path("protocol").asText());
      if (listener.defaultPool().isPresent()) {
        throw Refused.octavia(409, "This listener already has a default pool");
      }
      touched.add(listener);
    }
    var pool = children.pool(balancer, wanted, false);
    touched.forEach(listener -> listener.row().put("default_pool_id", pool.id()));
    touched.add(pool);
    begin(balancer, touched);
    return pool.view();
  }

  private Balancer parent(JsonNode wanted) {
    if (wanted.hasNonNull("loadbalancer_id")) {
      return store.balancer(wanted.path("loadbalancer_id").asText());
    }
    if (wanted.hasNonNull("listener_id")) {
      return store.listener(wanted.path("listener_id").asText()).balancer();
    }
    throw Refused.validation("Must provide at least one of: loadbalancer_id, listener_id");
  }

  ObjectNode update(Pool pool, JsonNode wanted) {
    Schemas.POOL_PUT.check("pool_.pool", wanted);
    rules.checkPersistence(pool.protocol(), persistence(pool, wanted));
    lifecycle.checkMutable(pool.balancer());
    if (wanted.has("lb_algorithm") || wanted.has("session_persistence")) {
      providers.checkPool(pool.balancer(), wanted, false);
    }
    Changes.merge(pool.row(), wanted);
    pool.failing = providers.failsToChange(pool.balancer(), wanted);
    begin(pool.balancer(), withListeners(pool, pool));
    return pool.view();
  }

  private static JsonNode persistence(Pool pool, JsonNode wanted) {
    var asked = wanted.path("session_persistence");
    if (!asked.isObject() || asked.isEmpty() || asked.hasNonNull("type")) {
      return asked.isEmpty() ? wanted.path("nothing") : asked;
    }
    var whole = (ObjectNode) asked.deepCopy();
    return whole.set("type", pool.row().path("session_persistence").path("type"));
  }

  ObjectNode addMonitor(Caller caller, JsonNode wanted) {
    Schemas.MONITOR_POST.check("health_monitor_.healthmonitor", wanted);
    var pool = store.pool(wanted.path("pool_id").asText());
    var balancer = own(caller, pool.balancer());
    lifecycle.checkMutable(pool);
    var monitor = children.monitor(pool, wanted);
    begin(balancer, withListeners(pool, pool, monitor));
    return monitor.view();
  }

  ObjectNode update(Monitor monitor, JsonNode wanted) {
    Schemas.MONITOR_PUT.check("health_monitor_.healthmonitor", wanted);
    var whole = monitor.row().deepCopy().retain("type");
    whole.setAll((ObjectNode) wanted);
    rules.checkMonitor(monitor.pool().protocol(), whole);
    lifecycle.checkMutable(monitor.pool());
    Changes.merge(monitor.row(), wanted);
    begin(monitor.balancer(), withListeners(monitor.pool(), monitor.pool(), monitor));
    return monitor.view();
  }

  /// A listener, a pool or a monitor.
  void delete(Part part) {
    if (part instanceof Monitor monitor) {
      lifecycle.checkMutable(monitor.pool());
    }
    lifecycle.checkMutable(part.balancer());
    part.status(Status.PENDING_DELETE, clock.instant());
    var touched =
        switch (part) {
          case Pool pool -> withListeners(pool);
          case Monitor monitor -> withListeners(monitor.pool(), monitor.pool());
          default -> List.<Part>of();
        };
    begin(part.balancer(), touched);
  }

  private static List<Part> withListeners(Pool pool, Part... more) {
    var touched = new ArrayList<Part>(pool.listeners());
    touched.addAll(List.of(more));
    return touched;
  }

  private void begin(Balancer balancer, List<? extends Part> touched) {
    lifecycle.begin(balancer, Status.PENDING_UPDATE, touched);
  }

  private static Balancer own(Caller caller, Balancer balancer) {
    return Octavia.own(caller, balancer);
  }
}
