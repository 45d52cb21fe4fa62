// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.cloud.plan.Effect;
import java.util.List;
import java.util.function.Predicate;

/// The plans of several load balancers, and their sum.
///
/// @param policy what may be carried out: `sync`, `no-disrupt`, `no-delete` or `read-only`
/// @param loadBalancers ordered by key
public record Plans(String policy, List<PlanView> loadBalancers, Summary summary) {

  /// Steps by effect, then load balancers by state; each is in one of the last five.
  ///
  /// @param create steps that make something
  /// @param update steps that change something
  /// @param delete steps that take away what nobody wants any more
  /// @param disrupt steps that interrupt traffic which works now
  /// @param withheld how many of all these steps the policy does not let through
  /// @param changing load balancers with at least one step
  /// @param settled load balancers that are as they should be
  /// @param waiting those for which there is nothing to do but to wait
  /// @param blocked those that cannot be had as they were asked for
  /// @param unplanned those that could not be planned
  public record Summary(
      long create,
      long update,
      long delete,
      long disrupt,
      long withheld,
      long changing,
      long settled,
      long waiting,
      long blocked,
      long unplanned) {}

  public Plans {
    loadBalancers = List.copyOf(loadBalancers);
  }

  public static Plans of(String policy, List<PlanView> loadBalancers) {
    return new Plans(policy, loadBalancers, sum(loadBalancers));
  }

  /// How many steps there are, also those that are withheld.
  public long steps() {
    return summary.create() + summary.update() + summary.delete() + summary.disrupt();
  }

  private static Summary sum(List<PlanView> plans) {
    var unplanned = count(plans, plan -> plan.unplanned().isPresent());
    var changing = count(plans, plan -> !plan.steps().isEmpty());
    var blocked = count(plans, plan -> plan.steps().isEmpty() && plan.blocker().isPresent());
    var settled = count(plans, PlanView::settled);
    return new Summary(
        steps(plans, step -> step.effect() == Effect.CREATE),
        steps(plans, step -> step.effect() == Effect.UPDATE),
        steps(plans, step -> step.effect() == Effect.DELETE),
        steps(plans, step -> step.effect() == Effect.DISRUPT),
        steps(plans, PlanView.Step::withheld),
        changing,
        settled,
        plans.size() - unplanned - changing - blocked - settled,
        blocked,
        unplanned);
  }

  private static long steps(List<PlanView> plans, Predicate<PlanView.Step> which) {
    return plans.stream().flatMap(plan -> plan.steps().stream()).filter(which).count();
  }

  private static long count(List<PlanView> plans, Predicate<PlanView> which) {
    return plans.stream().filter(which).count();
  }
}
