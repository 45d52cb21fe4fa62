// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.plan;

import java.util.List;
import java.util.Optional;

/// The way from what is to what should be.
///
/// The law that every planner keeps: after all actions of `plan(d, o)` were applied to `o`,
/// planning `d` again gives no action; and from every prefix of them, planning again leads to the
/// same end. So a crash between two actions is an ordinary case.
///
/// @param actions in the order in which they must be applied
/// @param notes findings about the user's input
/// @param await when to look again although nothing changed; empty when the end is reached
public record Plan<A extends Action>(List<A> actions, List<Note> notes, Optional<Await> await) {
  public Plan {
    actions = List.copyOf(actions);
    notes = List.copyOf(notes);
  }

  /// These steps, without notes, and nothing to wait for.
  public static <A extends Action> Plan<A> of(List<A> actions) {
    return new Plan<>(actions, List.of(), Optional.empty());
  }

  /// Nothing to do.
  public static <A extends Action> Plan<A> none() {
    return of(List.of());
  }

  /// Whether there is no step; there may be notes, and something to wait for, all the same.
  public boolean isEmpty() {
    return actions.isEmpty();
  }

  /// The same with these notes in place of those before.
  public Plan<A> withNotes(List<Note> findings) {
    return new Plan<>(actions, findings, await);
  }

  /// The same, to be looked at again later.
  public Plan<A> awaiting(Await later) {
    return new Plan<>(actions, notes, Optional.of(later));
  }
}
