// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.Fact;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Compares attributes. Only those are touched that were asked for, now or before: what an operator
/// sets by hand stays, such as a protection against deletion.
public record Attributes(Map<String, String> defaults) {
  /// ModifyLoadBalancerAttributes, API reference.
  public static final Attributes BALANCER =
      new Attributes(
          Map.of(
              "deletion_protection.enabled", "false",
              "access_logs.s3.enabled", "false",
              "access_logs.s3.bucket", "",
              "access_logs.s3.prefix", "",
              "load_balancing.cross_zone.enabled", "false",
              "dns_record.client_routing_policy", "any_availability_zone",
              "zonal_shift.config.enabled", "false"));

  /// ModifyTargetGroupAttributes, API reference. Those that depend on protocol and target type, as
  /// `preserve_client_ip.enabled`, have no default here.
  public static final Attributes TARGET_GROUP =
      new Attributes(
          Map.of(
              "proxy_protocol_v2.enabled", "false",
              "deregistration_delay.timeout_seconds", "300",
              "stickiness.enabled", "false",
              "stickiness.type", "source_ip",
              "load_balancing.cross_zone.enabled", "use_load_balancer_configuration",
              "target_group_health.dns_failover.minimum_healthy_targets.count", "1",
              "target_group_health.dns_failover.minimum_healthy_targets.percentage", "off",
              "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "1",
              "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
                  "off",
              "target_health_state.unhealthy.draining_interval_seconds", "0"));

  /// ModifyListenerAttributes, API reference.
  public static final Attributes LISTENER =
      new Attributes(Map.of("tcp.idle_timeout.seconds", "350"));

  public Attributes {
    defaults = Map.copyOf(defaults);
  }

  /// Without those that are at their default.
  public SortedMap<String, String> nonDefault(Map<String, String> attributes) {
    var result = new TreeMap<String, String>();
    attributes.forEach((key, value) -> {
      if (!value.equals(defaults.get(key))) {
        result.put(key, value);
      }
    });
    return result;
  }

  /// What has to be sent so that all is as it was asked for.
  ///
  /// @param before keys that were asked for earlier: they go back to their default
  SortedMap<String, String> changes(
      Map<String, String> wanted, Fact<Map<String, String>> seen, Collection<String> before) {
    if (seen.pledges(Tags.attributesDigest(nonDefault(wanted)))) {
      return new TreeMap<>();
    }
    var goal = new TreeMap<>(wanted);
    for (var key : before) {
      Optional.ofNullable(defaults.get(key)).ifPresent(value -> goal.putIfAbsent(key, value));
    }
    seen.known().ifPresent(known -> goal.entrySet().removeIf(entry -> holds(known, entry)));
    return goal;
  }

  private boolean holds(Map<String, String> known, Map.Entry<String, String> wanted) {
    return wanted
        .getValue()
        .equals(known.getOrDefault(wanted.getKey(), defaults.getOrDefault(wanted.getKey(), "")));
  }
}
