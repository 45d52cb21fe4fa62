// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.plan.AwsAction.DeleteBalancer;
import dev.fairway.aws.plan.AwsAction.DeleteFrontGroup;
import dev.fairway.aws.plan.AwsAction.DeleteListener;
import dev.fairway.aws.plan.AwsAction.DeleteTargetGroup;
import dev.fairway.aws.plan.AwsAction.ReleaseBalancer;
import java.util.ArrayList;
import java.util.List;

/// The steps that take away what is ours.
final class Teardown {
  private Teardown() {}

  static List<AwsAction> of(AwsObserved seen) {
    var steps = new ArrayList<AwsAction>();
    seen.balancers().forEach(balancer -> steps.addAll(of(seen, balancer)));
    seen.groups().stream().map(TargetGroup::name).map(DeleteTargetGroup::new).forEach(steps::add);
    seen.frontGroups().stream()
        .map(SecurityGroup::name)
        .map(DeleteFrontGroup::new)
        .forEach(steps::add);
    return steps;
  }

  /// One load balancer, without its target groups. It takes its listeners along, unless it is
  /// somebody else's and stays.
  static List<AwsAction> of(AwsObserved seen, Balancer balancer) {
    if (!balancer.tags().containsKey(Tags.ADOPTED)) {
      return List.of(new DeleteBalancer(balancer.name()));
    }
    var steps = new ArrayList<AwsAction>();
    ListenerSteps.ports(seen, balancer)
        .distinct()
        .sorted()
        .map(port -> new DeleteListener(balancer.name(), port))
        .forEach(steps::add);
    steps.add(new ReleaseBalancer(balancer.name(), Tags.ownKeys(balancer.tags())));
    return steps;
  }
}
