// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.plan.AwsAction.TagBalancer;
import dev.fairway.aws.plan.AwsAction.TagTargetGroup;
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
    for (var listener : goal.spec().listeners()) {
      goal.seen()
          .group(goal.groupName(listener))
          .ifPresent(there -> {
            var wanted = goal.groupTags(listener);
            var missing = missing(wanted, there.tags());
            var removed = outlived(wanted, there.tags());
            if (!missing.isEmpty() || !removed.isEmpty()) {
              steps.add(new TagTargetGroup(there.name(), missing, removed));
            }
          });
    }
    return steps;
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
