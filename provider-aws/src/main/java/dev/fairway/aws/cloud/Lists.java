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
import dev.fairway.cloud.error.CloudException;
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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/// Reads everything that the cluster owns in as few calls as AWS allows: a page of 400 load
/// balancers or target groups is one, the tags of 20 are one, and tags are read once.
final class Lists {
  private static final Logger LOG = LoggerFactory.getLogger(Lists.class);

  private static final Duration SUBNETS_KEEP = Duration.ofMinutes(10);
  private static final Duration LIMITS_KEEP = Duration.ofHours(1);
  private static final Duration LIMITS_AGAIN = Duration.ofMinutes(5);

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
  private Instant limitsDue = Instant.EPOCH;
  private Optional<Supply> supply = Optional.empty();
  private long lastStamp;

  private final Runnable freed;

  /// @param backendGroup the id of the shared group if it is not ours to make
  /// @param freed is told when something that a Service may wait for has become free, whoever asked
  ///   for the lists
  Lists(
      ElbReads elb,
      Ec2Calls ec2,
      String vpcId,
      Tags tags,
      NodeGroups nodes,
      Optional<String> backendGroup,
      Inventory inventory,
      InstantSource clock,
      Runnable freed) {
    this.elb = elb;
    this.ec2 = ec2;
    this.vpcId = vpcId;
    this.tags = tags;
    this.nodes = nodes;
    this.backendGroup = backendGroup;
    this.inventory = inventory;
    this.clock = clock;
    this.freed = freed;
  }

  /// Brings the inventory up to date. One at a time: who comes while another reads waits, and is
  /// content with what that one read if it began later.
  void refresh(Lane lane) {
    if (readSince(inventory.stamp(), lane)) {
      freed.run();
    }
  }

  // Whether something became free.
  private synchronized boolean readSince(long asked, Lane lane) {
    if (lastStamp > asked) {
      return false;
    }
    var stamp = inventory.stamp();
    var before = supply;
    var now = read(lane, stamp);
    lastStamp = stamp;
    supply = Optional.of(now);
    return before.filter(now::offersMoreThan).isPresent();
  }

  private Supply read(Lane lane, long stamp) {
    var allBalancers = elb.balancers(lane);
    var allGroups = elb.groups(lane);
    var network = allBalancers.stream().filter(ElbReads::isNetwork).toList();
    var quotas = new Quotas(limits(lane), network.size(), allGroups.size());
    var balancers = network.stream().filter(one -> vpcId.equals(one.vpcId())).toList();
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
                .filter(one -> known.containsKey(one.loadBalancerArn()))
                .map(one -> Views.balancer(one, tagsOf(known, one.loadBalancerArn())))
                .toList(),
            groups.stream()
                .filter(one -> known.containsKey(one.targetGroupArn()))
                .map(one -> Views.group(one, tagsOf(known, one.targetGroupArn())))
                .toList(),
            List.copyOf(read.values()));
    var foreign = foreign(allBalancers, ours.balancers());
    var around = surroundings(lane, foreign, read, quotas);
    inventory.refresh(byKey(ours, around), known, around, stamp);
    return Supply.of(allBalancers, allGroups, around);
  }

  // A name is given once in a Region, whatever has it.
  private Map<String, ForeignBalancer> foreign(List<LoadBalancer> all, List<Balancer> ofVpc) {
    var foreign = new HashMap<String, ForeignBalancer>();
    all.stream()
        .filter(one -> !ElbReads.isNetwork(one) || !vpcId.equals(one.vpcId()))
        .map(Lists::elsewhere)
        .forEach(one -> foreign.put(one.name(), one));
    ofVpc.stream()
        .filter(one -> tags.owner(one.tags()).isEmpty())
        .map(one -> new ForeignBalancer(one.arn(), one.name(), one.tags()))
        .forEach(one -> foreign.put(one.name(), one));
    return foreign;
  }

  // It can only be in the way. So that it is not found by its ARN to be taken over, that is not
  // all that is said of it.
  private static ForeignBalancer elsewhere(LoadBalancer one) {
    var about =
        "%s, of type %s in %s".formatted(one.loadBalancerArn(), one.typeAsString(), one.vpcId());
    return new ForeignBalancer(about, one.loadBalancerName(), Map.of());
  }

  // Of no use to a process that has just started, and one call less at its start. They serve only
  // to warn in time: without them all else goes on.
  private Map<String, Integer> limits(Lane lane) {
    if (inventory.loaded() && limitsDue.isBefore(clock.instant())) {
      try {
        limits = elb.limits(lane);
        limitsDue = clock.instant().plus(LIMITS_KEEP);
      } catch (CloudException e) {
        LOG.debug("the quotas of the account were not read: {}", e.getMessage());
        limitsDue = clock.instant().plus(LIMITS_AGAIN);
      }
    }
    return limits;
  }

  private record Found(
      List<Balancer> balancers, List<TargetGroup> groups, List<SecurityGroup> securityGroups) {}

  private Map<String, Map<String, String>> known(List<String> arns, Lane lane) {
    var known = new HashMap<>(inventory.tags());
    known.keySet().retainAll(Set.copyOf(arns));
    var unknown = arns.stream().filter(arn -> !known.containsKey(arn)).toList();
    known.putAll(elb.tagsIfThere(unknown, lane));
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
      Lane lane,
      Map<String, ForeignBalancer> foreign,
      Map<String, SecurityGroup> groups,
      Quotas quotas) {
    var backend =
        backendGroup.or(() ->
            groups.values().stream()
                .filter(group -> tags.isBackend(group.tags()))
                .map(SecurityGroup::id)
                .sorted()
                .findFirst());
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
