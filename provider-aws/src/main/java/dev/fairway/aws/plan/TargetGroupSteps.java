// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.Sorted;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.plan.AwsAction.CreateTargetGroup;
import dev.fairway.aws.plan.AwsAction.DeleteTargetGroup;
import dev.fairway.aws.plan.AwsAction.Deregister;
import dev.fairway.aws.plan.AwsAction.ModifyHealthCheck;
import dev.fairway.aws.plan.AwsAction.Register;
import dev.fairway.aws.plan.AwsAction.SetGroupAttributes;
import dev.fairway.aws.plan.AwsAction.SyncTargets;
import dev.fairway.aws.spec.GroupSpec;
import dev.fairway.aws.spec.ListenerSpec;
import dev.fairway.aws.spec.TargetId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The steps that bring target groups to what they should be, and their targets.
final class TargetGroupSteps {
  private TargetGroupSteps() {}

  /// Takes away targets that are known and should not be there. Before anything else: clients are
  /// sent to them. And before others are registered: at the quota of targets the other order could
  /// never succeed (cloud-provider-aws PR 1328).
  static List<AwsAction> deregister(Goal goal) {
    var steps = new ArrayList<AwsAction>();
    for (var listener : goal.spec().listeners()) {
      var name = goal.groupName(listener);
      goal.seen()
          .group(name)
          .flatMap(group -> group.targets().known())
          .map(registered -> Sorted.minus(registered, listener.group().targets()))
          .filter(gone -> !gone.isEmpty())
          .ifPresent(gone -> steps.add(new Deregister(name, gone)));
    }
    return steps;
  }

  /// Registers what is missing with groups that are there.
  static List<AwsAction> register(Goal goal) {
    return goal.spec().listeners().stream()
        .flatMap(listener ->
            goal
                .seen()
                .group(goal.groupName(listener))
                .flatMap(there -> targets(there, listener.group().targets()))
                .stream())
        .toList();
  }

  static List<AwsAction> bring(Goal goal) {
    var steps = new ArrayList<AwsAction>();
    for (var listener : goal.spec().listeners()) {
      var name = goal.groupName(listener);
      var there = goal.seen().group(name);
      if (there.isPresent()) {
        adjust(there.get(), listener.group(), steps);
      } else {
        create(goal, listener, name, steps);
      }
    }
    return steps;
  }

  private static void create(Goal goal, ListenerSpec listener, String name, List<AwsAction> steps) {
    var group = listener.group();
    var tags = goal.groupTags(listener);
    tags.put(Tags.TARGETS, Tags.targetsDigest(group.targets()));
    if (ListenerSteps.takesSeveralCalls(listener)) {
      tags.remove(Tags.LISTENER);
    }
    steps.add(new CreateTargetGroup(name, group, tags));
    var attributes = Attributes.TARGET_GROUP.nonDefault(group.attributes());
    if (!attributes.isEmpty()) {
      steps.add(new SetGroupAttributes(name, attributes));
    }
    if (!group.targets().isEmpty()) {
      steps.add(new Register(name, group.targets()));
    }
  }

  private static void adjust(TargetGroup there, GroupSpec wanted, List<AwsAction> steps) {
    if (!there.check().equals(wanted.check())) {
      steps.add(new ModifyHealthCheck(there.name(), wanted.check()));
    }
    var attributes =
        Attributes.TARGET_GROUP.changes(
            wanted.attributes(), attributes(there), Tags.attributeKeys(there.tags()));
    if (!attributes.isEmpty()) {
      steps.add(new SetGroupAttributes(there.name(), attributes));
    }
  }

  // What the tag of a group promises was brought about before a listener was given to it.
  private static Fact<Map<String, String>> attributes(TargetGroup there) {
    return there.attributes().known().isEmpty() && there.balancers().isEmpty()
        ? new Fact.Unread<>()
        : there.attributes();
  }

  private static Optional<AwsAction> targets(TargetGroup there, List<TargetId> wanted) {
    var known = there.targets().known();
    if (known.isPresent()) {
      var missing = Sorted.minus(wanted, known.get());
      return missing.isEmpty()
          ? Optional.empty()
          : Optional.of(new Register(there.name(), missing));
    }
    var promised =
        !there.balancers().isEmpty() && there.targets().pledges(Tags.targetsDigest(wanted));
    return promised ? Optional.empty() : Optional.of(new SyncTargets(there.name(), wanted));
  }

  /// Those that no listener should have. Unless they serve another load balancer of the same
  /// Services.
  ///
  /// @param leaving load balancers that are deleted before
  static List<AwsAction> remove(List<Goal> goals, List<Balancer> leaving) {
    var seen = goals.getFirst().seen();
    var wanted =
        goals.stream()
            .flatMap(goal -> goal.spec().listeners().stream().map(goal::groupName))
            .collect(Collectors.toSet());
    var free =
        Stream.concat(goals.stream().flatMap(goal -> goal.current().stream()), leaving.stream())
            .map(Balancer::arn)
            .collect(Collectors.toSet());
    return seen.groups().stream()
        .filter(group -> !wanted.contains(group.name()))
        .filter(group -> free.containsAll(group.balancers()))
        .<AwsAction>map(group -> new DeleteTargetGroup(group.name()))
        .toList();
  }
}
