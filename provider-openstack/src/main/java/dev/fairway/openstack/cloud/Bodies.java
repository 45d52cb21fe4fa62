// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.openstack.model.Tags;
import dev.fairway.openstack.plan.Changes;
import dev.fairway.openstack.plan.MemberWish;
import dev.fairway.openstack.plan.OpenStackAction.CreateBalancer;
import dev.fairway.openstack.spec.Frame;
import dev.fairway.openstack.spec.ListenerSpec;
import dev.fairway.openstack.spec.ListenerSpec.MemberSpec;
import dev.fairway.openstack.spec.ListenerSpec.MonitorSpec;
import dev.fairway.openstack.spec.ListenerSpec.PoolSpec;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// What is sent to Octavia (API v2).
final class Bodies {
  private Bodies() {}

  /// A load balancer with all that is on it.
  ///
  /// @param childName the name of a listener, pool or monitor, by its kind and part
  static ObjectNode balancer(
      CreateBalancer wanted,
      Optional<String> address,
      BiFunction<String, String, String> childName) {
    var body = Json.object();
    body.put("name", wanted.name());
    body.put("description", wanted.description());
    body.put("provider", wanted.frame().provider());
    wanted.frame().flavor().ifPresent(id -> body.put("flavor_id", id));
    wanted.frame().availabilityZone().ifPresent(zone -> body.put("availability_zone", zone));
    vip(body, wanted.frame().vip(), address);
    if (!wanted.frame().additionalVips().isEmpty()) {
      body.set(
          "additional_vips",
          Json.array(
              wanted.frame().additionalVips().stream()
                  .map(vip -> {
                    var one = Json.object();
                    vip.subnet().ifPresent(id -> one.put("subnet_id", id));
                    vip.address().ifPresent(ip -> one.put("ip_address", ip));
                    return one;
                  })));
    }
    body.set("tags", Json.texts(wanted.tags()));
    body.set(
        "listeners",
        Json.array(
            wanted.listeners().stream()
                .map(listener -> graph(listener, kind -> childName.apply(kind, listener.part())))));
    return body;
  }

  private static void vip(ObjectNode body, Frame.Vip vip, Optional<String> address) {
    vip.port().ifPresent(id -> body.put("vip_port_id", id));
    if (vip.port().isEmpty()) {
      vip.subnet().ifPresent(id -> body.put("vip_subnet_id", id));
      vip.network().ifPresent(id -> body.put("vip_network_id", id));
      vip.address().or(() -> address).ifPresent(ip -> body.put("vip_address", ip));
    }
  }

  private static ObjectNode graph(ListenerSpec listener, Function<String, String> name) {
    var body = listener(listener, name.apply("listener"));
    var pool = pool(listener.pool(), name.apply("pool"));
    pool.set("members", Json.array(listener.pool().members().stream().map(Bodies::member)));
    listener
        .pool()
        .monitor()
        .ifPresent(monitor -> pool.set("healthmonitor", monitor(monitor, name.apply("monitor"))));
    body.set("default_pool", pool);
    return body;
  }

  static ObjectNode listener(ListenerSpec wanted, String name) {
    var body = Json.object();
    body.put("name", name);
    body.put("protocol", wanted.protocol());
    body.put("protocol_port", wanted.port());
    body.put("connection_limit", wanted.connectionLimit());
    if (!wanted.allowedCidrs().isEmpty()) {
      body.set("allowed_cidrs", Json.texts(wanted.allowedCidrs()));
    }
    wanted
        .timeouts()
        .ifPresent(timeouts -> {
          body.put("timeout_client_data", timeouts.clientDataMillis());
          body.put("timeout_member_connect", timeouts.memberConnectMillis());
          body.put("timeout_member_data", timeouts.memberDataMillis());
          body.put("timeout_tcp_inspect", timeouts.tcpInspectMillis());
        });
    if (!wanted.insertHeaders().isEmpty()) {
      body.set("insert_headers", Json.value(wanted.insertHeaders()));
    }
    wanted.tlsContainer().ifPresent(ref -> body.put("default_tls_container_ref", ref));
    body.set("tags", Json.texts(wanted.tags()));
    return body;
  }

  static ObjectNode pool(PoolSpec wanted, String name) {
    var body = Json.object();
    body.put("name", name);
    body.put("protocol", wanted.protocol());
    body.put("lb_algorithm", wanted.algorithm());
    wanted
        .persistence()
        .ifPresent(persistence -> body.set("session_persistence", Json.value(persistence)));
    body.set("tags", Json.texts(wanted.tags()));
    return body;
  }

  private static ObjectNode member(MemberSpec wanted) {
    return member(
        new MemberWish(
            wanted.name(),
            wanted.address(),
            wanted.port(),
            wanted.subnet(),
            wanted.monitorPort(),
            wanted.draining() ? 0 : 1,
            Tags.ofMember(wanted.draining())));
  }

  // All of it: what a batch leaves out, Octavia takes for its default.
  static ObjectNode member(MemberWish wanted) {
    var body = Json.object();
    body.put("name", wanted.name());
    body.put("address", wanted.address());
    body.put("protocol_port", wanted.port());
    wanted.subnet().ifPresent(id -> body.put("subnet_id", id));
    wanted.monitorPort().ifPresent(port -> body.put("monitor_port", port));
    body.put("weight", wanted.weight());
    body.set("tags", Json.texts(wanted.tags()));
    return body;
  }

  static ObjectNode monitor(MonitorSpec wanted, String name) {
    var body = Json.object();
    body.put("name", name);
    body.put("type", wanted.type());
    body.put("delay", wanted.delaySeconds());
    body.put("timeout", wanted.timeoutSeconds());
    body.put("max_retries", wanted.maxRetries());
    body.put("max_retries_down", wanted.maxRetriesDown());
    wanted
        .httpPath()
        .ifPresent(path -> {
          body.put("http_method", "GET");
          body.put("url_path", path);
          body.put("expected_codes", "200");
        });
    return body;
  }

  static ObjectNode changes(Changes changes) {
    var body = Json.object();
    changes.values().forEach((key, value) -> body.set(key, Json.value(value)));
    return body;
  }
}
