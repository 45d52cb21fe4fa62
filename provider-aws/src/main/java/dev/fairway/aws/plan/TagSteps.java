// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.plan.AwsAction.TagBalancer;
import dev.fairway.aws.plan.AwsAction.TagTargetGroup;
import dev.fairway.aws.spec.ListenerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The steps that bring tags to what they should be. The last ones of a plan: they promise what the
/// others have done. Tags that are not ours stay.
final class TagSteps {
  private TagSteps() {}

  static List<AwsAction> bring(Goal goal) {
    var steps = new ArrayList<AwsAction>();
    goal.current()
        .ifPresent(there -> {
          var wanted = goal.balancerTags();
          var missing = missing(wanted, there.tags());
          var removed = outlived(wanted, there.tags());
          if (!missing.isEmpty() || !removed.isEmpty()) {
            steps.add(new TagBalancer(there.name(), missing, removed));
          }
        });
    var promised = goal.balancerTags().get(Tags.PRIVATE_LINK);
    if (goal.current().isEmpty() && promised != null) {
      steps.add(new TagBalancer(goal.balancer(), Map.of(Tags.PRIVATE_LINK, promised), List.of()));
    }
    for (var listener : goal.spec().listeners()) {
      group(goal, listener, steps);
    }
    return steps;
  }

  private static void group(Goal goal, ListenerSpec listener, List<AwsAction> steps) {
    var wanted = goal.groupTags(listener);
    var there = goal.seen().group(goal.groupName(listener));
    if (there.isEmpty()) {
      if (ListenerSteps.takesSeveralCalls(listener)) {
        steps.add(
            new TagTargetGroup(
                goal.groupName(listener),
                Map.of(Tags.LISTENER, ListenerSteps.digest(listener)),
                List.of()));
      }
      return;
    }
    var missing = missing(wanted, there.get().tags());
    var removed = outlived(wanted, there.get().tags());
    if (!missing.isEmpty() || !removed.isEmpty()) {
      steps.add(new TagTargetGroup(there.get().name(), missing, removed));
    }
  }

  private static Map<String, String> missing(Map<String, String> wanted, Map<String, String> has) {
    var missing = new TreeMap<>(wanted);
    missing.entrySet().removeIf(entry -> entry.getValue().equals(has.get(entry.getKey())));
    return missing;
  }

  private static List<String> outlived(Map<String, String> wanted, Map<String, String> has) {
    return Stream.of(Tags.ADOPTING, Tags.ATTRIBUTES)
        .filter(key -> has.containsKey(key) && !wanted.containsKey(key))
        .toList();
  }
}
