// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.ForeignBalancer;
import dev.fairway.aws.model.Quotas;
import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.aws.model.SubnetView;
import dev.fairway.aws.model.Surroundings;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.plan.Names;
import dev.fairway.aws.plan.Tags;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/// Reads everything that the cluster owns in as few calls as AWS allows: a page of 400 load
/// balancers or target groups is one, the tags of 20 are one, and tags are read once.
final class Lists {
  private static final Duration SUBNETS_KEEP = Duration.ofMinutes(10);
  private static final Duration LIMITS_KEEP = Duration.ofHours(1);

  private final ElbReads elb;
  private final Ec2Calls ec2;
  private final String vpcId;
  private final Tags tags;
  private final NodeGroups nodes;
  private final Optional<String> backendGroup;
  private final Inventory inventory;
  private final InstantSource clock;
  private List<SubnetView> subnets = List.of();
  private Instant subnetsRead = Instant.EPOCH;
  private Map<String, Integer> limits = Map.of();
  private Instant limitsRead = Instant.EPOCH;

  /// @param backendGroup the id of the shared group if it is not ours to make
  Lists(
      ElbReads elb,
      Ec2Calls ec2,
      String vpcId,
      Tags tags,
      NodeGroups nodes,
      Optional<String> backendGroup,
      Inventory inventory,
      InstantSource clock) {
    this.elb = elb;
    this.ec2 = ec2;
    this.vpcId = vpcId;
    this.tags = tags;
    this.nodes = nodes;
    this.backendGroup = backendGroup;
    this.inventory = inventory;
    this.clock = clock;
  }

  /// Brings the inventory up to date. One at a time: who comes while another reads waits, and is
  /// content with what that one read if it began later.
  void refresh(Lane lane) {
    var asked = inventory.stamp();
    synchronized (this) {
      if (lastStamp > asked) {
        return;
      }
      var stamp = inventory.stamp();
      read(lane, stamp);
      lastStamp = stamp;
    }
  }

  private long lastStamp;

  private void read(Lane lane, long stamp) {
    var allBalancers = elb.balancers(lane);
    var allGroups = elb.groups(lane);
    var quotas = new Quotas(limits(lane), allBalancers.size(), allGroups.size());
    var balancers = allBalancers.stream().filter(one -> vpcId.equals(one.vpcId())).toList();
    var groups =
        allGroups.stream()
            .filter(
                one -> vpcId.equals(one.vpcId()) && one.targetGroupName().startsWith(Names.PREFIX))
            .toList();
    var read = ec2.groups(vpcId, lane);
    var arns =
        Stream.concat(
                balancers.stream().map(LoadBalancer::loadBalancerArn),
                groups.stream().map(one -> one.targetGroupArn()))
            .toList();
    var known = known(arns, lane);
    var ours =
        new Found(
            balancers.stream()
                .map(one -> Views.balancer(one, tagsOf(known, one.loadBalancerArn())))
                .toList(),
            groups.stream()
                .map(one -> Views.group(one, tagsOf(known, one.targetGroupArn())))
                .toList(),
            List.copyOf(read.values()));
    var around = surroundings(lane, ours.balancers(), read, quotas);
    inventory.refresh(byKey(ours, around), known, around, stamp);
  }

  // Of no use to a process that has just started, and one call less at its start.
  private Map<String, Integer> limits(Lane lane) {
    if (inventory.loaded() && limitsRead.plus(LIMITS_KEEP).isBefore(clock.instant())) {
      limits = elb.limits(lane);
      limitsRead = clock.instant();
    }
    return limits;
  }

  private record Found(
      List<Balancer> balancers, List<TargetGroup> groups, List<SecurityGroup> securityGroups) {}

  private Map<String, Map<String, String>> known(List<String> arns, Lane lane) {
    var known = new HashMap<>(inventory.tags());
    known.keySet().retainAll(Set.copyOf(arns));
    var unknown = arns.stream().filter(arn -> !known.containsKey(arn)).toList();
    known.putAll(elb.tags(unknown, lane));
    return known;
  }

  private static Map<String, String> tagsOf(Map<String, Map<String, String>> known, String arn) {
    return known.getOrDefault(arn, Map.of());
  }

  private Map<LoadBalancerKey, AwsObserved> byKey(Found found, Surroundings around) {
    var byKey = new HashMap<LoadBalancerKey, AwsObserved>();
    for (var one : found.balancers()) {
      tags.owner(one.tags()).ifPresent(key -> byKey.put(key, at(byKey, key, around).with(one)));
    }
    for (var one : found.groups()) {
      tags.owner(one.tags()).ifPresent(key -> byKey.put(key, at(byKey, key, around).with(one)));
    }
    for (var one : found.securityGroups()) {
      tags.owner(one.tags()).ifPresent(key -> byKey.put(key, at(byKey, key, around).with(one)));
    }
    return byKey;
  }

  private static AwsObserved at(
      Map<LoadBalancerKey, AwsObserved> byKey, LoadBalancerKey key, Surroundings around) {
    return byKey.getOrDefault(key, AwsObserved.nothing(key, around));
  }

  private Surroundings surroundings(
      Lane lane, List<Balancer> balancers, Map<String, SecurityGroup> groups, Quotas quotas) {
    var backend =
        backendGroup.or(() ->
            groups.values().stream()
                .filter(group -> tags.isBackend(group.tags()))
                .map(SecurityGroup::id)
                .sorted()
                .findFirst());
    var foreign =
        balancers.stream()
            .filter(one -> tags.owner(one.tags()).isEmpty())
            .map(one -> new ForeignBalancer(one.arn(), one.name(), one.tags()))
            .collect(Collectors.toMap(ForeignBalancer::name, one -> one, (one, _) -> one));
    return new Surroundings(
        vpcId, subnets(lane), groups, backend, nodes.known(groups, backend), foreign, quotas);
  }

  private List<SubnetView> subnets(Lane lane) {
    if (subnets.isEmpty() || subnetsRead.plus(SUBNETS_KEEP).isBefore(clock.instant())) {
      subnets = new ArrayList<>(ec2.subnets(vpcId, lane));
      subnetsRead = clock.instant();
    }
    return subnets;
  }
}
