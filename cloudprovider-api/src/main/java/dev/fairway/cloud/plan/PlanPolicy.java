// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which effects may be carried out. Safety as a function over plans: providers know nothing of it.
public enum PlanPolicy {
  /// Everything.
  SYNC("sync", EnumSet.allOf(Effect.class)),
  /// Nothing that interrupts traffic.
  NO_DISRUPT("no-disrupt", EnumSet.of(Effect.CREATE, Effect.UPDATE, Effect.DELETE)),
  /// Nothing that is there goes away.
  NO_DELETE("no-delete", EnumSet.of(Effect.CREATE, Effect.UPDATE)),
  /// Nothing at all: plans are made and shown only.
  READ_ONLY("read-only", EnumSet.noneOf(Effect.class));

  private final String text;
  private final Set<Effect> allowed;

  PlanPolicy(String text, Set<Effect> allowed) {
    this.text = text;
    this.allowed = allowed;
  }

  /// What a policy lets through.
  ///
  /// @param withheld the actions from the first forbidden one on. Those behind it may depend on it,
  ///   so they wait too
  public record Filtered<A extends Action>(Plan<A> allowed, List<A> withheld) {}

  /// Cuts a plan before its first action that this policy forbids.
  public <A extends Action> Filtered<A> filter(Plan<A> plan) {
    var pass = new ArrayList<A>();
    for (var action : plan.actions()) {
      if (!allowed.contains(action.effect())) {
        break;
      }
      pass.add(action);
    }
    var withheld = plan.actions().subList(pass.size(), plan.actions().size());
    return new Filtered<>(new Plan<>(pass, plan.notes(), plan.await()), List.copyOf(withheld));
  }

  /// The name used in configuration and messages: `sync`, `no-disrupt`, `no-delete` or `read-only`.
  @Override
  public String toString() {
    return text;
  }
}
