// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.aws.plan.Attributes;
import dev.fairway.aws.plan.AwsAction;
import dev.fairway.aws.plan.GroupSet;
import dev.fairway.aws.plan.Names;
import dev.fairway.aws.plan.Tags;
import dev.fairway.aws.spec.AddressType;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/// Changes load balancers.
final class Balancers {
  // An answer about one that is older than this was not made by the call it answers.
  private static final Duration FRESH = Duration.ofMinutes(2);
  static final String NAME = "service.beta.kubernetes.io/aws-load-balancer-name";

  private final ElbReads reads;
  private final ElbWrites writes;
  private final Inventory inventory;
  private final InstantSource clock;
  private final Map<String, LoadBalancerKey> underWay = new ConcurrentHashMap<>();

  Balancers(ElbReads reads, ElbWrites writes, Inventory inventory, InstantSource clock) {
    this.reads = reads;
    this.writes = writes;
    this.inventory = inventory;
    this.clock = clock;
  }

  /// AWS answers a creation with the load balancer that has the name already, if it has the same
  /// settings. So it is looked whose it is, unless it is new and has a name that only we give.
  AwsObserved create(
      AwsAction.CreateBalancer wanted, List<String> groupIds, AwsObserved seen, Lane lane) {
    var key = seen.key();
    claim(wanted.name(), key);
    try {
      var balancer =
          Existing.orMade(
              () -> made(wanted, groupIds, lane),
              () ->
                  reads
                      .balancer(wanted.name(), lane)
                      .map(one -> Views.balancer(one, Map.of()))
                      .map(one -> existing(one, wanted, lane)),
              "load balancer " + wanted.name());
      var after = seen.with(balancer);
      inventory.put(after);
      return after;
    } finally {
      underWay.remove(wanted.name(), key);
    }
  }

  private Balancer made(AwsAction.CreateBalancer wanted, List<String> groupIds, Lane lane) {
    var answered = Views.balancer(created(wanted, groupIds, lane), wanted.tags());
    var old = clock.instant().minus(FRESH);
    if (answered.created() != 0 && Instant.ofEpochMilli(answered.created()).isBefore(old)) {
      return existing(answered, wanted, lane);
    }
    if (!wanted.name().startsWith(Names.PREFIX)) {
      checkOwner(answered, wanted, lane);
    }
    return answered
        .withMappings(wanted.mappings())
        .withGroups(groupIds)
        .withAttributes(new Fact.Known<>(Map.of()))
        .with(new Fact.Known<>(List.of()));
  }

  // EC2 is eventually consistent: a group that we have just made may not be visible yet.
  private LoadBalancer created(AwsAction.CreateBalancer wanted, List<String> groupIds, Lane lane) {
    try {
      return writes.create(wanted, groupIds, lane);
    } catch (CloudException.Rejected e) {
      if (Existing.code(e).equals("InvalidSecurityGroup") && areOurs(wanted.groups())) {
        throw Existing.notVisible("a security group of load balancer " + wanted.name());
      }
      throw e;
    }
  }

  private boolean areOurs(GroupSet groups) {
    var around = inventory.around();
    return groups.others().isEmpty()
        && (!groups.backend()
            || around.backendGroup().filter(around.groups()::containsKey).isPresent());
  }

  // Another cluster may have asked for the same name at the same time.
  private void checkOwner(Balancer young, AwsAction.CreateBalancer wanted, Lane lane) {
    var tags = tags(young.arn(), lane);
    if (tags.isEmpty()) {
      throw Existing.notVisible("load balancer " + young.name());
    }
    checkOwner(young, tags, wanted);
  }

  private Map<String, String> tags(String arn, Lane lane) {
    return reads.tagsIfThere(List.of(arn), lane).getOrDefault(arn, Map.of());
  }

  private static void checkOwner(
      Balancer found, Map<String, String> tags, AwsAction.CreateBalancer wanted) {
    if (!Tags.haveOneOwner(tags, wanted.tags())) {
      throw Existing.taken(
          "load balancer " + found.name(),
          found.arn(),
          NAME,
          "write another name into this annotation");
    }
  }

  private Balancer existing(Balancer found, AwsAction.CreateBalancer wanted, Lane lane) {
    var tags = reads.tags(List.of(found.arn()), lane).getOrDefault(found.arn(), Map.of());
    checkOwner(found, tags, wanted);
    return found.withTags(tags).withAttributes(new Fact.Unread<>()).with(new Fact.Unread<>());
  }

  // Two Services of ours that ask for the same name: the first one has it.
  private void claim(String name, LoadBalancerKey key) {
    var other =
        Optional.ofNullable(underWay.putIfAbsent(name, key)).or(() -> inventory.owner(name, key));
    if (other.isPresent()) {
      underWay.remove(name, key);
      throw new CloudException.Rejected(
          NAME,
          "a load balancer named %s belongs to %s already".formatted(name, other.get()),
          "choose another name, or leave the annotation out",
          null);
    }
  }

  AwsObserved attributes(String name, Map<String, String> attributes, AwsObserved seen, Lane lane) {
    var balancer = Seen.balancer(seen, name);
    writes.setAttributes(balancer.arn(), attributes, lane);
    return seen.with(
        balancer.withAttributes(
            Facts.changed(Attributes.BALANCER, balancer.attributes(), attributes)));
  }

  AwsObserved addressType(String name, AddressType type, AwsObserved seen, Lane lane) {
    var balancer = Seen.balancer(seen, name);
    writes.setAddressType(balancer.arn(), type, lane);
    return seen.with(balancer.withAddressType(type));
  }

  AwsObserved subnets(String name, List<SubnetMapping> mappings, AwsObserved seen, Lane lane) {
    var balancer = Seen.balancer(seen, name);
    writes.setSubnets(balancer.arn(), mappings, lane);
    return seen.with(balancer.withMappings(mappings));
  }

  AwsObserved groups(
      String name,
      List<String> groupIds,
      Optional<String> privateLink,
      AwsObserved seen,
      Lane lane) {
    var balancer = Seen.balancer(seen, name);
    writes.setGroups(balancer.arn(), groupIds, privateLink, lane);
    return seen.with(balancer.withGroups(groupIds));
  }

  AwsObserved tag(
      String name, Map<String, String> tags, List<String> removed, AwsObserved seen, Lane lane) {
    var balancer = Seen.balancer(seen, name);
    Facts.retag(writes, balancer.arn(), tags, removed, lane);
    return seen.with(balancer.withTags(Facts.tags(balancer.tags(), tags, removed)));
  }

  AwsObserved retire(String name, AwsObserved seen, Lane lane) {
    if (Seen.balancer(seen, name).retiredAt().isPresent()) {
      return seen;
    }
    var now = Long.toString(clock.instant().getEpochSecond());
    return tag(name, Map.of(Tags.RETIRED, now), List.of(), seen, lane);
  }

  AwsObserved delete(String name, AwsObserved seen, Lane lane) {
    var there = seen.balancer(name);
    if (there.isEmpty()) {
      return seen;
    }
    var arn = there.get().arn();
    Existing.orGone(() -> writes.deleteBalancer(arn, lane));
    return Seen.without(seen, there.get());
  }
}
