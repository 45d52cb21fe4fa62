// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.plan;

import java.util.ArrayList;
import java.util.List;

/// Which effects may be carried out. Safety as a function over plans: providers know nothing of it.
public enum PlanPolicy {
  /// Everything.
  SYNC("sync"),
  /// Nothing that interrupts traffic only to bring it back otherwise, such as a replacement. What
  /// nobody wants any more is still deleted.
  NO_DISRUPT("no-disrupt"),
  /// Nothing that is there goes away.
  NO_DELETE("no-delete"),
  /// Nothing at all: plans are made and shown only.
  READ_ONLY("read-only");

  private final String text;

  PlanPolicy(String text) {
    this.text = text;
  }

  private boolean allows(Effect effect) {
    return switch (this) {
      case SYNC -> true;
      case NO_DISRUPT -> effect != Effect.DISRUPT;
      case NO_DELETE -> effect == Effect.CREATE || effect == Effect.UPDATE;
      case READ_ONLY -> false;
    };
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
      if (!allows(action.effect())) {
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
