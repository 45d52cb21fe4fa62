// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.plan.AwsAction.Deregister;
import dev.fairway.aws.plan.AwsAction.Register;
import dev.fairway.aws.plan.AwsAction.SyncTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The steps for one load balancer, in their order.
final class Steps {
  private Steps() {}

  /// All but those that take away what is left over, and the tags, which come last.
  static List<AwsAction> bring(Goal goal) {
    var steps = new ArrayList<AwsAction>();
    steps.addAll(TargetGroupSteps.deregister(goal));
    steps.addAll(TargetGroupSteps.bring(goal));
    steps.addAll(AccessSteps.bring(goal));
    steps.addAll(BalancerSteps.create(goal));
    steps.addAll(ListenerSteps.bring(goal));
    steps.addAll(BalancerSteps.adjust(goal));
    return steps;
  }

  /// Only those that keep the targets right: of one that is on its way out.
  static List<AwsAction> targets(Goal goal) {
    return Stream.concat(
            TargetGroupSteps.deregister(goal).stream(),
            TargetGroupSteps.bring(goal).stream().filter(step -> isOfTargets(goal, step)))
        .toList();
  }

  private static boolean isOfTargets(Goal goal, AwsAction step) {
    return step instanceof Deregister
        || step instanceof SyncTargets
        || (step instanceof Register(var group, _) && goal.seen().group(group).isPresent());
  }
}
