// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// The lists of the load balancer service, with what each can be filtered by.
enum Lists {
  LOADBALANCERS,
  LISTENERS,
  POOLS,
  HEALTHMONITORS,
  MEMBERS;

  private static final Set<String> COMMON =
      Set.of(
          "id",
          "name",
          "description",
          "project_id",
          Status.PROVISIONING,
          Status.OPERATING,
          "admin_state_up",
          "created_at",
          "updated_at");

  /// Its name in paths and bodies.
  String plural() {
    return name().toLowerCase(Locale.ROOT);
  }

  String singular() {
    return plural().substring(0, plural().length() - 1);
  }

  Set<String> filters() {
    var all = new HashSet<>(own());
    all.addAll(COMMON);
    return all;
  }

  private Set<String> own() {
    return switch (this) {
      case LOADBALANCERS ->
          Set.of(
              "vip_address",
              "vip_port_id",
              "vip_subnet_id",
              "vip_network_id",
              "vip_qos_policy_id",
              "provider",
              "flavor_id",
              "availability_zone");
      case LISTENERS ->
          Set.of(
              "loadbalancer_id",
              "load_balancer_id",
              "default_pool_id",
              "protocol",
              "protocol_port",
              "connection_limit",
              "default_tls_container_ref",
              "timeout_client_data",
              "timeout_member_connect",
              "timeout_member_data",
              "timeout_tcp_inspect");
      case POOLS ->
          Set.of("loadbalancer_id", "load_balancer_id", "protocol", "lb_algorithm", "tls_enabled");
      case HEALTHMONITORS ->
          Set.of(
              "pool_id",
              "type",
              "delay",
              "timeout",
              "max_retries",
              "max_retries_down",
              "http_method",
              "url_path",
              "expected_codes");
      case MEMBERS ->
          Set.of(
              "address",
              "protocol_port",
              "weight",
              "backup",
              "subnet_id",
              "monitor_address",
              "monitor_port");
    };
  }
}
