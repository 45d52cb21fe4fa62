// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Ids;
import dev.fairway.testkit.openstack.sim.Refused;
import dev.fairway.testkit.openstack.sim.Times;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Makes the rows of new objects, with the defaults of what was left out.
final class Children {
  private static final Map<String, Integer> TIMEOUTS =
      Map.of(
          "timeout_client_data", 50_000,
          "timeout_member_connect", 5_000,
          "timeout_member_data", 50_000,
          "timeout_tcp_inspect", 0);
  private static final List<String> PERSISTENCE =
      List.of("type", "cookie_name", "persistence_timeout", "persistence_granularity");

  private final Ids ids;
  private final InstantSource clock;
  private final Providers providers;
  private final Quotas quotas;
  private final PoolRules rules;

  Children(Ids ids, InstantSource clock, Providers providers, Quotas quotas, PoolRules rules) {
    this.ids = ids;
    this.clock = clock;
    this.providers = providers;
    this.quotas = quotas;
    this.rules = rules;
  }

  /// What all objects have.
  ObjectNode row(String project, JsonNode wanted) {
    var row = Json.object().put("id", ids.next());
    row.put("name", wanted.path("name").asText(""));
    row.put("description", wanted.path("description").asText(""));
    row.put(Status.PROVISIONING, Status.PENDING_CREATE).put(Status.OPERATING, Status.OFFLINE);
    row.put("admin_state_up", wanted.path("admin_state_up").asBoolean(true));
    row.put("project_id", project).put("tenant_id", project);
    row.put("created_at", Times.octavia(clock.instant())).putNull("updated_at");
    row.set("tags", wanted.has("tags") ? wanted.path("tags") : Json.array());
    return row;
  }

  Listener listener(Balancer balancer, JsonNode wanted) {
    quotas.check(balancer.project(), Quotas.Kind.LISTENER, 1);
    ListenerRules.check(balancer, wanted);
    var row = row(balancer.project(), wanted);
    copy(wanted, row, "protocol", "protocol_port", "default_pool_id", "default_tls_container_ref");
    row.put("connection_limit", wanted.path("connection_limit").asInt(-1));
    row.set(
        "sni_container_refs",
        wanted.has("sni_container_refs") ? wanted.path("sni_container_refs") : Json.array());
    row.putArray("l7policies");
    row.set(
        "insert_headers",
        wanted.hasNonNull("insert_headers") ? wanted.path("insert_headers") : Json.object());
    TIMEOUTS.forEach((name, millis) -> row.put(name, wanted.path(name).asInt(millis)));
    copy(wanted, row, "client_ca_tls_container_ref", "client_crl_container_ref");
    row.put("client_authentication", wanted.path("client_authentication").asText("NONE"));
    row.set("allowed_cidrs", ListenerRules.cidrs(wanted.path("allowed_cidrs")));
    copy(wanted, row, "tls_ciphers", "tls_versions", "alpn_protocols", "hsts_max_age");
    row.put("hsts_include_subdomains", wanted.path("hsts_include_subdomains").asBoolean());
    row.put("hsts_preload", wanted.path("hsts_preload").asBoolean());
    providers.checkListener(balancer, row);
    var listener = new Listener(balancer, row);
    balancer.listeners().put(listener.id(), listener);
    return listener;
  }

  static int timeout(String name) {
    return TIMEOUTS.getOrDefault(name, 0);
  }

  /// @param graph whether it comes along with its load balancer
  Pool pool(Balancer balancer, JsonNode wanted, boolean graph) {
    quotas.check(balancer.project(), Quotas.Kind.POOL, 1);
    rules.checkPersistence(wanted.path("protocol").asText(), wanted.path("session_persistence"));
    var row = row(balancer.project(), wanted);
    copy(wanted, row, "protocol", "lb_algorithm");
    row.set("session_persistence", persistence(wanted.path("session_persistence")));
    copy(wanted, row, "tls_container_ref", "ca_tls_container_ref", "crl_container_ref");
    row.put("tls_enabled", wanted.path("tls_enabled").asBoolean());
    copy(wanted, row, "tls_ciphers", "tls_versions", "alpn_protocols");
    providers.checkPool(balancer, row, graph);
    var pool = new Pool(balancer, row);
    balancer.pools().put(pool.id(), pool);
    if (wanted.hasNonNull("healthmonitor")) {
      var _ = monitor(pool, wanted.path("healthmonitor"));
    }
    quotas.check(balancer.project(), Quotas.Kind.MEMBER, wanted.path("members").size());
    wanted.path("members").forEach(member -> member(pool, member));
    return pool;
  }

  /// Null when there is none.
  static JsonNode persistence(JsonNode wanted) {
    if (!wanted.isObject()) {
      return Json.object().nullNode();
    }
    var whole = Json.object();
    PERSISTENCE.forEach(
        name -> whole.set(name, wanted.has(name) ? wanted.path(name) : whole.nullNode()));
    return whole;
  }

  Monitor monitor(Pool pool, JsonNode wanted) {
    quotas.check(pool.project(), Quotas.Kind.MONITOR, 1);
    if (pool.monitor().isPresent()) {
      throw Refused.octavia(409, "This pool already has a health monitor");
    }
    rules.checkMonitor(pool.protocol(), wanted);
    var row = row(pool.project(), wanted);
    row.remove("description");
    copy(wanted, row, "type", "delay", "timeout", "max_retries");
    row.put("max_retries_down", wanted.path("max_retries_down").asInt(3));
    var http = PoolRules.http(wanted.path("type").asText());
    row.put("http_method", http ? wanted.path("http_method").asText("GET") : null);
    row.put("url_path", http ? wanted.path("url_path").asText("/") : null);
    row.put("expected_codes", http ? wanted.path("expected_codes").asText("200") : null);
    copy(wanted, row, "http_version", "domain_name");
    providers.checkMonitor(pool.balancer(), wanted.path("type").asText());
    var monitor = new Monitor(pool, row);
    pool.monitor(monitor);
    return monitor;
  }

  Member member(Pool pool, JsonNode wanted) {
    var member = new Member(ids.next(), wanted, pool.monitor().isPresent(), clock.instant());
    if (pool.members().containsKey(member.key())) {
      throw Refused.octavia(
          409,
          "Another member on this pool is already using ip %s on protocol_port %s"
              .formatted(member.address(), wanted.path("protocol_port").asText()));
    }
    providers.checkMember(
        pool.balancer(), member, rules.inVipSubnet(pool.balancer(), member), false);
    pool.members().put(member.key(), member);
    return member;
  }

  private static void copy(JsonNode wanted, ObjectNode row, String... names) {
    for (var name : names) {
      row.set(name, wanted.has(name) ? wanted.path(name) : row.nullNode());
    }
  }
}
