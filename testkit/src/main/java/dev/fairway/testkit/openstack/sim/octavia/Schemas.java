// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import static dev.fairway.testkit.openstack.sim.octavia.Schema.Kind.any;
import static dev.fairway.testkit.openstack.sim.octavia.Schema.Kind.bool;
import static dev.fairway.testkit.openstack.sim.octavia.Schema.Kind.listOf;
import static dev.fairway.testkit.openstack.sim.octavia.Schema.Kind.number;
import static dev.fairway.testkit.openstack.sim.octavia.Schema.Kind.object;
import static dev.fairway.testkit.openstack.sim.octavia.Schema.Kind.oneOf;
import static dev.fairway.testkit.openstack.sim.octavia.Schema.Kind.text;

import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Address;
import dev.fairway.testkit.openstack.sim.Cidr;
import dev.fairway.testkit.openstack.sim.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// What each request of the load balancer API 2.30 may carry.
final class Schemas {
  static final List<String> LISTENER_PROTOCOLS =
      List.of("TCP", "HTTP", "HTTPS", "TERMINATED_HTTPS", "UDP", "SCTP", "PROMETHEUS");
  static final List<String> POOL_PROTOCOLS =
      List.of("TCP", "HTTP", "HTTPS", "PROXY", "PROXYV2", "UDP", "SCTP");
  static final List<String> ALGORITHMS =
      List.of("ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP", "SOURCE_IP_PORT");
  static final List<String> MONITORS =
      List.of("HTTP", "HTTPS", "PING", "TCP", "TLS-HELLO", "UDP-CONNECT", "SCTP");

  private static final long MOST_MILLIS = 24L * 24 * 60 * 60 * 1000;
  private static final Schema.Kind NAME = text(255);
  private static final Schema.Kind PORT = number(1, 65_535);
  private static final Schema.Kind MILLIS = number(0, MOST_MILLIS);
  private static final Schema.Kind RETRIES = number(1, 10);
  private static final Schema.Kind SECONDS = number(0, Integer.MAX_VALUE);
  private static final Schema.Kind UUID =
      (_, name, value) -> {
        if (!value
            .asText()
            .matches("[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|[0-9a-fA-F]{32}")) {
          throw Schema.invalid(name, value.asText(), "Value should be UUID format");
        }
      };
  private static final Schema.Kind IP =
      (_, name, value) -> {
        if (Address.of(value.asText()).isEmpty()) {
          throw Schema.invalid(name, value.asText(), "Value should be IPv4 or IPv6 format");
        }
      };
  private static final Schema.Kind CIDR =
      (_, name, value) -> {
        if (Cidr.of(value.asText()).isEmpty()) {
          throw Schema.invalid(name, value.asText(), "Value should be IPv4 or IPv6 CIDR format");
        }
      };

  private static final Schema PERSISTENCE =
      Schema.of(
          "type!", oneOf(List.of("SOURCE_IP", "HTTP_COOKIE", "APP_COOKIE")),
          "cookie_name", NAME,
          "persistence_timeout", SECONDS,
          "persistence_granularity", IP);

  private static final Schema COMMON =
      Schema.of("name", NAME, "admin_state_up", bool(), "tags", tags());
  private static final Schema OWNED = Schema.of("project_id", text(36), "tenant_id", text(36));

  static final Schema MEMBER =
      with(
          COMMON,
          Schema.of(
              "address!", IP,
              "protocol_port!", PORT,
              "weight", number(0, 256),
              "backup", bool(),
              "subnet_id", UUID,
              "monitor_port", PORT,
              "monitor_address", IP,
              "request_sriov", bool()));
  static final Schema MEMBER_POST = with(MEMBER, OWNED);
  static final Schema MEMBER_PUT =
      with(
          COMMON,
          Schema.of(
              "weight",
              number(0, 256),
              "backup",
              bool(),
              "monitor_port",
              PORT,
              "monitor_address",
              IP));

  static final Schema MONITOR_PUT =
      with(
          COMMON,
          Schema.of(
              "delay", SECONDS,
              "timeout", SECONDS,
              "max_retries", RETRIES,
              "max_retries_down", RETRIES,
              "http_method",
                  oneOf(
                      List.of(
                          "GET", "HEAD", "POST", "PUT", "DELETE", "TRACE", "OPTIONS", "PATCH",
                          "CONNECT")),
              "url_path", text(255),
              "expected_codes", text(64),
              "http_version", any(),
              "domain_name", NAME));
  static final Schema MONITOR =
      with(
          MONITOR_PUT,
          Schema.of(
              "type!", oneOf(MONITORS),
              "delay!", SECONDS,
              "timeout!", SECONDS,
              "max_retries!", RETRIES));
  static final Schema MONITOR_POST = with(with(MONITOR, OWNED), Schema.of("pool_id!", UUID));

  private static final Schema POOL_TLS =
      Schema.of(
          "tls_container_ref", NAME,
          "ca_tls_container_ref", NAME,
          "crl_container_ref", NAME,
          "tls_enabled", bool(),
          "tls_ciphers", text(2048),
          "tls_versions", listOf(text(32)),
          "alpn_protocols", listOf(text(32)));
  static final Schema POOL_PUT =
      with(
          with(COMMON, POOL_TLS),
          Schema.of(
              "description", NAME,
              "lb_algorithm", oneOf(ALGORITHMS),
              "session_persistence", object(optional(PERSISTENCE))));
  static final Schema POOL =
      with(
          POOL_PUT,
          Schema.of(
              "protocol", oneOf(POOL_PROTOCOLS),
              "session_persistence", object(PERSISTENCE),
              "members", listOf(object(MEMBER)),
              "healthmonitor", object(MONITOR)));
  static final Schema POOL_POST =
      with(
          with(POOL, OWNED),
          Schema.of(
              "protocol!",
              oneOf(POOL_PROTOCOLS),
              "lb_algorithm!",
              oneOf(ALGORITHMS),
              "listener_id",
              UUID,
              "loadbalancer_id",
              UUID));

  static final Schema LISTENER_PUT =
      with(
          COMMON,
          Schema.of(
              "description",
              NAME,
              "connection_limit",
              number(-1, Integer.MAX_VALUE),
              "default_tls_container_ref",
              NAME,
              "sni_container_refs",
              listOf(NAME),
              "default_pool_id",
              UUID,
              "insert_headers",
              any(),
              "timeout_client_data",
              MILLIS,
              "timeout_member_connect",
              MILLIS,
              "timeout_member_data",
              MILLIS,
              "timeout_tcp_inspect",
              MILLIS,
              "client_ca_tls_container_ref",
              NAME,
              "client_authentication",
              oneOf(List.of("NONE", "OPTIONAL", "MANDATORY")),
              "client_crl_container_ref",
              NAME,
              "allowed_cidrs",
              listOf(CIDR),
              "tls_ciphers",
              text(2048),
              "tls_versions",
              listOf(text(32)),
              "alpn_protocols",
              listOf(text(32)),
              "hsts_max_age",
              SECONDS,
              "hsts_include_subdomains",
              bool(),
              "hsts_preload",
              bool()));
  static final Schema LISTENER =
      with(
          LISTENER_PUT,
          Schema.of(
              "protocol!", oneOf(LISTENER_PROTOCOLS),
              "protocol_port!", PORT,
              "default_pool", object(POOL),
              "l7policies", any()));
  static final Schema LISTENER_POST =
      with(with(LISTENER, OWNED), Schema.of("loadbalancer_id!", UUID));

  static final Schema BALANCER_PUT =
      with(
          COMMON,
          Schema.of("description", NAME, "vip_qos_policy_id", UUID, "vip_sg_ids", listOf(UUID)));
  static final Schema BALANCER_POST =
      with(
          with(BALANCER_PUT, OWNED),
          Schema.of(
              "vip_address", IP,
              "vip_port_id", UUID,
              "vip_subnet_id", UUID,
              "vip_network_id", UUID,
              "additional_vips",
                  listOf(object(Schema.of("subnet_id!", UUID, "ip_address", IP, "port_id", UUID))),
              "listeners", listOf(object(LISTENER)),
              "pools", listOf(object(POOL)),
              "provider", text(64),
              "flavor_id", UUID,
              "availability_zone", NAME));

  private Schemas() {}

  /// The same tag twice gets as far as the database.
  private static Schema.Kind tags() {
    return (argument, name, value) -> {
      listOf(NAME).check(argument, name, value);
      var tags = Json.texts(value);
      if (tags.size() > Set.copyOf(tags).size()) {
        throw Refused.octavia(500, "(pymysql.err.IntegrityError) (1062, \"Duplicate entry\")");
      }
    };
  }

  private static Schema with(Schema some, Schema more) {
    var all = new LinkedHashMap<>(some.attributes());
    all.putAll(more.attributes());
    return new Schema(all);
  }

  private static Schema optional(Schema schema) {
    var all = new LinkedHashMap<String, Schema.Attribute>();
    schema
        .attributes()
        .forEach((name, attribute) -> all.put(name, new Schema.Attribute(attribute.kind(), false)));
    return new Schema(all);
  }
}
