// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import dev.fairway.aws.spec.HealthCheckSpec;
import dev.fairway.aws.spec.ListenerProtocol;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.aws.spec.TargetType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A target group as it was seen.
///
/// @param balancers ARNs of the load balancers of which a listener forwards to it
/// @param attributes those that are not at their default
/// @param targets what is registered and not on its way out
/// @param health how the targets were when they were read last; empty when they were not
public record TargetGroup(
    String arn,
    String name,
    ListenerProtocol protocol,
    TargetType type,
    int port,
    boolean ipv6,
    String vpcId,
    HealthCheckSpec check,
    Set<String> balancers,
    Map<String, String> tags,
    Fact<Map<String, String>> attributes,
    Fact<Set<TargetId>> targets,
    List<TargetHealth> health) {
  public TargetGroup {
    balancers = Set.copyOf(balancers);
    tags = Map.copyOf(tags);
    health = List.copyOf(health);
  }

  /// Whether a target was healthy when they were looked at last.
  public boolean healthy() {
    return health.stream().anyMatch(one -> one.state().equals("healthy"));
  }

  /// The tag that promises what is registered. Written when it is quiet, so it may lag.
  public static final String TARGETS_TAG = "fairway.dev/targets";

  /// Without what says nothing about what should be.
  TargetGroup withoutNews() {
    var lasting = new HashMap<>(tags);
    lasting.remove(TARGETS_TAG);
    return withTags(lasting).withHealth(List.of());
  }

  public TargetGroup withTargets(Fact<Set<TargetId>> now) {
    return new TargetGroup(
        arn,
        name,
        protocol,
        type,
        port,
        ipv6,
        vpcId,
        check,
        balancers,
        tags,
        attributes,
        now,
        health);
  }

  public TargetGroup withHealth(List<TargetHealth> now) {
    return new TargetGroup(
        arn,
        name,
        protocol,
        type,
        port,
        ipv6,
        vpcId,
        check,
        balancers,
        tags,
        attributes,
        targets,
        now);
  }

  public TargetGroup withAttributes(Fact<Map<String, String>> now) {
    return new TargetGroup(
        arn, name, protocol, type, port, ipv6, vpcId, check, balancers, tags, now, targets, health);
  }

  public TargetGroup withTags(Map<String, String> now) {
    return new TargetGroup(
        arn,
        name,
        protocol,
        type,
        port,
        ipv6,
        vpcId,
        check,
        balancers,
        now,
        attributes,
        targets,
        health);
  }

  public TargetGroup withCheck(HealthCheckSpec now) {
    return new TargetGroup(
        arn,
        name,
        protocol,
        type,
        port,
        ipv6,
        vpcId,
        now,
        balancers,
        tags,
        attributes,
        targets,
        health);
  }

  /// As one of which a listener of this load balancer forwards to it.
  public TargetGroup attachedTo(String balancerArn) {
    var more = new HashSet<>(balancers);
    more.add(balancerArn);
    return withBalancers(more);
  }

  public TargetGroup detachedFrom(String balancerArn) {
    var less = new HashSet<>(balancers);
    less.remove(balancerArn);
    return withBalancers(less);
  }

  public TargetGroup withBalancers(Set<String> now) {
    return new TargetGroup(
        arn,
        name,
        protocol,
        type,
        port,
        ipv6,
        vpcId,
        check,
        now,
        tags,
        attributes,
        targets,
        health);
  }
}
