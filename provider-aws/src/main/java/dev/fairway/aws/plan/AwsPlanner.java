// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.plan.AwsAction.DeleteBalancer;
import dev.fairway.aws.plan.AwsAction.DeleteFrontGroup;
import dev.fairway.aws.plan.AwsAction.DeleteTargetGroup;
import dev.fairway.aws.spec.SpecReader;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Decides the steps from what is seen at AWS to what should be. Pure.
///
/// The order of a creation makes what two lists show enough for a process that comes after a crash:
/// a target group gets its targets, then the load balancer is made, then its listener. So a target
/// group that belongs to a load balancer has a listener and had its targets.
public final class AwsPlanner {
  private final Setup setup;

  public AwsPlanner(Setup setup) {
    this.setup = setup;
  }

  public Plan<AwsAction> plan(Desired desired, AwsObserved seen) {
    return switch (desired) {
      case Desired.Present present -> present(present, seen);
      case Desired.Absent _ -> Plan.of(teardown(seen));
    };
  }

  private Plan<AwsAction> present(Desired.Present desired, AwsObserved seen) {
    var reading = SpecReader.read(desired, setup.defaults());
    var notes = new ArrayList<Note>(reading.notes());
    var goal =
        reading.spec().flatMap(spec -> new GoalFinder(setup, desired, spec, seen, notes).find());
    return new Plan<>(goal.map(AwsPlanner::steps).orElse(List.of()), notes, Optional.empty());
  }

  private static List<AwsAction> steps(Goal goal) {
    var steps = new ArrayList<AwsAction>();
    steps.addAll(TargetGroupSteps.deregister(goal));
    steps.addAll(TargetGroupSteps.bring(goal));
    steps.addAll(AccessSteps.bring(goal));
    steps.addAll(BalancerSteps.create(goal));
    steps.addAll(ListenerSteps.bring(goal));
    steps.addAll(BalancerSteps.adjust(goal));
    steps.addAll(AccessSteps.remove(goal));
    steps.addAll(TargetGroupSteps.remove(goal));
    steps.addAll(TagSteps.bring(goal));
    return steps;
  }

  // A load balancer takes its listeners along.
  private static List<AwsAction> teardown(AwsObserved seen) {
    var steps = new ArrayList<AwsAction>();
    seen.balancers().stream().map(Balancer::name).map(DeleteBalancer::new).forEach(steps::add);
    seen.groups().stream().map(TargetGroup::name).map(DeleteTargetGroup::new).forEach(steps::add);
    seen.frontGroups().stream()
        .map(SecurityGroup::name)
        .map(DeleteFrontGroup::new)
        .forEach(steps::add);
    return steps;
  }
}
