// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.spec;

import dev.fairway.cloud.annotation.Syntax;
import java.util.Map;

/// The attributes that Network Load Balancers have, with the values they may have (API reference:
/// LoadBalancerAttribute, TargetGroupAttribute, ListenerAttribute).
final class KnownAttributes {
  static final String CROSS_ZONE = "load_balancing.cross_zone.enabled";
  static final String LOGS_ENABLED = "access_logs.s3.enabled";
  static final String LOGS_BUCKET = "access_logs.s3.bucket";
  static final String LOGS_PREFIX = "access_logs.s3.prefix";
  static final String PROXY_PROTOCOL = "proxy_protocol_v2.enabled";
  static final String STICKINESS = "stickiness.enabled";
  static final String STICKINESS_TYPE = "stickiness.type";
  static final String PRESERVE_CLIENT_IP = "preserve_client_ip.enabled";
  static final String TCP_IDLE_TIMEOUT = "tcp.idle_timeout.seconds";

  static final Map<String, Syntax<String>> OF_LOAD_BALANCERS =
      Map.of(
          "deletion_protection.enabled",
          bool(),
          CROSS_ZONE,
          bool(),
          LOGS_ENABLED,
          bool(),
          LOGS_BUCKET,
          Syntax.text("the name of a bucket"),
          LOGS_PREFIX,
          any(),
          "ipv6.deny_all_igw_traffic",
          bool(),
          "zonal_shift.config.enabled",
          bool(),
          "secondary_ips.auto_assigned.per_subnet",
          number(0, 7),
          "dns_record.client_routing_policy",
          Syntax.oneOf(
              "any_availability_zone",
              "availability_zone_affinity",
              "partial_availability_zone_affinity"));

  static final Map<String, Syntax<String>> OF_TARGET_GROUPS =
      Map.ofEntries(
          Map.entry("deregistration_delay.timeout_seconds", number(0, 3600)),
          Map.entry("deregistration_delay.connection_termination.enabled", bool()),
          Map.entry(PRESERVE_CLIENT_IP, bool()),
          Map.entry(PROXY_PROTOCOL, bool()),
          Map.entry(STICKINESS, bool()),
          Map.entry(STICKINESS_TYPE, Syntax.oneOf("source_ip")),
          Map.entry(CROSS_ZONE, Syntax.oneOf("true", "false", "use_load_balancer_configuration")),
          Map.entry("target_group_health.dns_failover.minimum_healthy_targets.count", offOr(1000)),
          Map.entry(
              "target_group_health.dns_failover.minimum_healthy_targets.percentage", offOr(100)),
          Map.entry(
              "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
              number(1, 1000)),
          Map.entry(
              "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
              offOr(100)),
          Map.entry("target_health_state.unhealthy.connection_termination.enabled", bool()),
          Map.entry("target_health_state.unhealthy.draining_interval_seconds", number(0, 360_000)));

  static final Map<String, Syntax<String>> OF_LISTENERS =
      Map.of(TCP_IDLE_TIMEOUT, number(60, 6000));

  private KnownAttributes() {}

  private static Syntax<String> bool() {
    return Forms.bool().map(value -> Boolean.toString(value));
  }

  private static Syntax<String> number(int min, int max) {
    return Syntax.number(min, max).map(value -> Integer.toString(value));
  }

  private static Syntax<String> offOr(int max) {
    var number = number(1, max);
    return new Syntax<>(
        "off or " + number.description(),
        text -> text.equals("off") ? new Syntax.Good<>(text) : number.read(text));
  }

  private static Syntax<String> any() {
    return new Syntax<>("any text", Syntax.Good::new);
  }
}
