// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.Sorted;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.plan.Attributes;
import dev.fairway.aws.plan.AwsAction;
import dev.fairway.aws.plan.Tags;
import dev.fairway.aws.spec.HealthCheckSpec;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.cloud.error.CloudException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Changes target groups.
final class TargetGroups {
  private final ElbReads reads;
  private final ElbWrites writes;
  private final Inventory inventory;

  TargetGroups(ElbReads reads, ElbWrites writes, Inventory inventory) {
    this.reads = reads;
    this.writes = writes;
    this.inventory = inventory;
  }

  AwsObserved create(AwsAction.CreateTargetGroup wanted, AwsObserved seen, Lane lane) {
    var group =
        Existing.orMade(
            () ->
                Views.group(writes.create(wanted, inventory.around().vpcId(), lane), wanted.tags())
                    .withAttributes(new Fact.Known<>(Map.of()))
                    .withTargets(new Fact.Known<>(Set.of())),
            () -> reads.group(wanted.name(), lane).map(found -> existing(found, wanted, lane)),
            "target group " + wanted.name());
    return seen.with(group);
  }

  private TargetGroup existing(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup found,
      AwsAction.CreateTargetGroup wanted,
      Lane lane) {
    var tags =
        reads
            .tags(List.of(found.targetGroupArn()), lane)
            .getOrDefault(found.targetGroupArn(), Map.of());
    if (!Tags.haveOneOwner(tags, wanted.tags())) {
      throw Existing.taken(
          "target group " + wanted.name(),
          found.targetGroupArn(),
          Balancers.NAME,
          "write another name for the load balancer into this annotation: its target groups are"
              + " named after it");
    }
    return Views.group(found, tags)
        .withAttributes(new Fact.Unread<>())
        .withTargets(new Fact.Unread<>());
  }

  AwsObserved check(String name, HealthCheckSpec check, AwsObserved seen, Lane lane) {
    var group = Seen.group(seen, name);
    writes.setHealthCheck(group.arn(), check, lane);
    return seen.with(group.withCheck(check));
  }

  AwsObserved attributes(String name, Map<String, String> attributes, AwsObserved seen, Lane lane) {
    var group = Seen.group(seen, name);
    writes.setGroupAttributes(group.arn(), attributes, lane);
    return seen.with(
        group.withAttributes(
            Facts.changed(Attributes.TARGET_GROUP, group.attributes(), attributes)));
  }

  /// Registers what can be registered. One instance that AWS refuses does not keep the others out.
  AwsObserved register(String name, List<TargetId> targets, AwsObserved seen, Lane lane) {
    var registration = new Registration(name, seen, lane);
    Batches.of(targets, ElbWrites.TARGETS_AT_ONCE).forEach(registration::add);
    registration.refused.ifPresent(error -> {
      throw error;
    });
    return registration.now;
  }

  // Each part is remembered at once: a later one may fail.
  private AwsObserved registered(
      String name, AwsObserved seen, UnaryOperator<Set<TargetId>> change) {
    var group = Seen.group(seen, name);
    var known = change.apply(new HashSet<>(group.targets().known().orElse(Set.of())));
    var now = seen.with(group.withTargets(new Fact.Known<>(known)));
    inventory.put(now);
    return now;
  }

  private final class Registration {
    private final String name;
    private final String arn;
    private final Lane lane;
    private AwsObserved now;
    private Optional<CloudException> refused = Optional.empty();

    Registration(String name, AwsObserved seen, Lane lane) {
      this.name = name;
      this.arn = Seen.group(seen, name).arn();
      this.lane = lane;
      this.now = seen;
    }

    void add(List<TargetId> some) {
      try {
        writes.register(arn, some, lane);
        now =
            registered(
                name,
                now,
                known -> {
                  known.addAll(some);
                  return known;
                });
      } catch (CloudException e) {
        if (!Existing.code(e).startsWith("InvalidTarget")) {
          throw e;
        }
        if (some.size() == 1) {
          refused = Optional.of(e);
        } else {
          add(some.subList(0, some.size() / 2));
          add(some.subList(some.size() / 2, some.size()));
        }
      }
    }
  }

  AwsObserved deregister(String name, List<TargetId> targets, AwsObserved seen, Lane lane) {
    var arn = Seen.group(seen, name).arn();
    var now = seen;
    for (var some : Batches.of(targets, ElbWrites.TARGETS_AT_ONCE)) {
      writes.deregister(arn, some, lane);
      now =
          registered(
              name,
              now,
              known -> {
                known.removeAll(Set.copyOf(some));
                return known;
              });
    }
    return now;
  }

  AwsObserved sync(String name, List<TargetId> wanted, AwsObserved seen, Lane lane) {
    var group = Seen.group(seen, name);
    var read = promised(group).orElseGet(() -> read(group, lane));
    var registered = read.targets().known().orElse(Set.of());
    var less =
        deregister(name, Sorted.minus(registered, wanted), seen.with(read), Lane.DEAD_TARGETS);
    return register(name, Sorted.minus(wanted, registered), less, lane);
  }

  // A listener was given to it after its targets, so what its tag promises is so.
  private Optional<TargetGroup> promised(TargetGroup group) {
    return group.targets() instanceof Fact.Pledged<Set<TargetId>>(var digest)
            && !group.balancers().isEmpty()
        ? inventory.promised(digest).map(targets -> group.withTargets(new Fact.Known<>(targets)))
        : Optional.empty();
  }

  private TargetGroup read(TargetGroup group, Lane lane) {
    var health = reads.health(group.arn(), lane);
    return group
        .withHealth(health)
        .withTargets(new Fact.Known<>(Set.copyOf(Details.registered(health))));
  }

  AwsObserved tag(
      String name, Map<String, String> tags, List<String> removed, AwsObserved seen, Lane lane) {
    var group = Seen.group(seen, name);
    Facts.retag(writes, group.arn(), tags, removed, lane);
    return seen.with(group.withTags(Facts.tags(group.tags(), tags, removed)));
  }

  AwsObserved delete(String name, AwsObserved seen, Lane lane) {
    seen.group(name)
        .ifPresent(group -> Existing.orGone(() -> writes.deleteGroup(group.arn(), lane)));
    return seen.withGroups(seen.groups().stream().filter(one -> !one.name().equals(name)).toList());
  }
}
