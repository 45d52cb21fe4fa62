// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.Observed;
import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.manager.desired.DesiredState;
import java.util.List;

/// What a pass would do about a load balancer group, decided and not yet carried out.
///
/// @param before what the plan was made from
/// @param plan the steps that are allowed
/// @param withheld the steps that the policy forbids
/// @param repairs whether the steps mend what somebody else changed
public record Preview<O extends Observed, A extends Action>(
    DesiredState state, O before, Plan<A> plan, List<A> withheld, boolean repairs) {
  public Preview {
    withheld = List.copyOf(withheld);
  }

  boolean changesNothing() {
    return plan.isEmpty() && withheld.isEmpty();
  }
}
