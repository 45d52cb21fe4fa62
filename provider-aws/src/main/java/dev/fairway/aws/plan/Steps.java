// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The steps for one load balancer, in their order.
final class Steps {
  private Steps() {}

  /// All but those that take away what is left over, and the tags, which come last.
  static List<AwsAction> bring(Goal goal) {
    var steps = new ArrayList<AwsAction>();
    // What keeps traffic flowing is first, so that nothing which AWS refuses can hold it up.
    steps.addAll(TargetGroupSteps.deregister(goal));
    steps.addAll(TargetGroupSteps.register(goal));
    steps.addAll(TargetGroupSteps.bring(goal));
    // A listener goes before clients may be let in for more ports, and comes after those are shut
    // out who may not use it.
    steps.addAll(ListenerSteps.remove(goal));
    steps.addAll(AccessSteps.bring(goal));
    steps.addAll(BalancerSteps.create(goal));
    steps.addAll(ListenerSteps.bring(goal));
    steps.addAll(BalancerSteps.adjust(goal));
    return steps;
  }

  /// Only those that keep the targets right: of one that is on its way out.
  static List<AwsAction> targets(Goal goal) {
    return Stream.concat(
            TargetGroupSteps.deregister(goal).stream(), TargetGroupSteps.register(goal).stream())
        .toList();
  }
}
