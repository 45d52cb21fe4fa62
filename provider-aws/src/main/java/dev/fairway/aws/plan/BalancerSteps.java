// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.SubnetMapping;
import dev.fairway.aws.plan.AwsAction.CreateBalancer;
import dev.fairway.aws.plan.AwsAction.SetAddressType;
import dev.fairway.aws.plan.AwsAction.SetBalancerAttributes;
import dev.fairway.aws.plan.AwsAction.SetGroups;
import dev.fairway.aws.plan.AwsAction.SetSubnets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/// The steps that bring the load balancer itself to what it should be.
final class BalancerSteps {
  private BalancerSteps() {}

  static List<AwsAction> create(Goal goal) {
    if (goal.current().isPresent()) {
      return List.of();
    }
    var steps = new ArrayList<AwsAction>();
    steps.add(
        new CreateBalancer(
            goal.balancer(),
            goal.scheme(),
            goal.addressType(),
            goal.mappings().orElse(List.of()),
            goal.groups().orElse(GroupSet.NONE),
            withoutPromise(goal)));
    var attributes = Attributes.BALANCER.nonDefault(goal.spec().attributes());
    if (!attributes.isEmpty()) {
      steps.add(new SetBalancerAttributes(goal.balancer(), attributes));
    }
    goal.spec()
        .privateLink()
        .flatMap(_ -> goal.groups())
        .ifPresent(
            groups -> steps.add(new SetGroups(goal.balancer(), groups, goal.spec().privateLink())));
    return steps;
  }

  private static SortedMap<String, String> withoutPromise(Goal goal) {
    var tags = goal.balancerTags();
    tags.remove(Tags.PRIVATE_LINK);
    return tags;
  }

  static List<AwsAction> adjust(Goal goal) {
    var steps = new ArrayList<AwsAction>();
    goal.current().ifPresent(there -> adjust(goal, there, steps));
    return steps;
  }

  private static void adjust(Goal goal, Balancer there, List<AwsAction> steps) {
    var attributes =
        Attributes.BALANCER.changes(
            goal.spec().attributes(), attributes(goal, there), Tags.attributeKeys(there.tags()));
    if (!attributes.isEmpty()) {
      steps.add(new SetBalancerAttributes(there.name(), attributes));
    }
    goal.mappings().ifPresent(wanted -> subnets(goal, there, wanted, steps));
    if (there.addressType() != goal.addressType()) {
      steps.add(new SetAddressType(there.name(), goal.addressType()));
    }
    goal.groups()
        .filter(groups ->
            !hasExactly(goal, there, groups)
                || goal.spec()
                    .privateLink()
                    .filter(wanted -> !wanted.equals(there.tags().get(Tags.PRIVATE_LINK)))
                    .isPresent())
        .ifPresent(
            groups -> steps.add(new SetGroups(there.name(), groups, goal.spec().privateLink())));
  }

  // What its tag promises was brought about before it got a listener.
  private static Fact<Map<String, String>> attributes(Goal goal, Balancer there) {
    var serves =
        goal.seen().groups().stream().anyMatch(group -> group.balancers().contains(there.arn()));
    return there.attributes().known().isEmpty() && !serves
        ? new Fact.Unread<>()
        : there.attributes();
  }

  private static boolean hasExactly(Goal goal, Balancer there, GroupSet groups) {
    var wanted = new ArrayList<>(groups.others());
    if (!groups.front().isEmpty()) {
      var front = goal.seen().frontGroup(groups.front());
      if (front.isEmpty()) {
        return false;
      }
      wanted.add(front.get().id());
    }
    if (groups.backend()) {
      var backend = goal.seen().around().backendGroup();
      if (backend.isEmpty()) {
        return false;
      }
      wanted.add(backend.get());
    }
    return Set.copyOf(wanted).equals(Set.copyOf(there.groups()));
  }

  private static void subnets(
      Goal goal, Balancer there, List<SubnetMapping> wanted, List<AwsAction> steps) {
    var change = SubnetChange.of(there, wanted, goal.seen().around().subnets());
    if (change.isNone()) {
      return;
    }
    if (change.takesTwoSteps()) {
      steps.add(new SetSubnets(there.name(), change.between(), true));
    }
    steps.add(new SetSubnets(there.name(), wanted, change.takesAway()));
  }
}
