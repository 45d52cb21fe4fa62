// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Await;
import dev.fairway.cloud.plan.Effect;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What would be done for one load balancer.
///
/// @param key of the group
/// @param services those it serves, or served
/// @param steps in the order in which they are carried out
/// @param notes findings about what was asked for
/// @param await what is waited for, when that is all there is to do for now
/// @param unplanned why there is no plan; empty when there is one, be it without steps
public record PlanView(
    String key,
    List<String> services,
    List<Step> steps,
    List<Note> notes,
    Optional<Waiting> await,
    Optional<String> unplanned) {

  /// @param summary exactly what is logged when it is carried out
  /// @param withheld whether the policy does not let it through
  public record Step(Effect effect, String summary, boolean withheld) {}

  /// @param afterSeconds when it is looked at again
  public record Waiting(double afterSeconds, String because) {
    static Waiting of(Await await) {
      return new Waiting(await.after().toMillis() / 1000.0, await.because());
    }
  }

  public PlanView {
    services = List.copyOf(services);
    steps = List.copyOf(steps);
    notes = List.copyOf(notes);
  }

  /// @param allowed what the policy lets through
  /// @param withheld the steps after those, which it does not
  /// @param notes findings that were made before planning
  public static PlanView of(
      String key,
      List<String> services,
      Plan<?> allowed,
      List<? extends Action> withheld,
      List<Note> notes) {
    var steps = new ArrayList<Step>();
    allowed.actions().forEach(action -> steps.add(step(action, false)));
    withheld.forEach(action -> steps.add(step(action, true)));
    var findings = new ArrayList<>(notes);
    findings.addAll(allowed.notes());
    return new PlanView(
        key, services, steps, findings, allowed.await().map(Waiting::of), Optional.empty());
  }

  private static Step step(Action action, boolean withheld) {
    return new Step(action.effect(), action.summary(), withheld);
  }

  /// Nothing is done until somebody acts on these findings.
  public static PlanView frozen(String key, List<String> services, List<Note> notes) {
    return new PlanView(key, services, List.of(), notes, Optional.empty(), Optional.empty());
  }

  public static PlanView unplanned(String key, List<String> services, String why) {
    return new PlanView(key, services, List.of(), List.of(), Optional.empty(), Optional.of(why));
  }

  public Optional<Note> blocker() {
    return notes.stream().filter(note -> note.severity() == Note.Severity.BLOCKING).findFirst();
  }

  /// Whether all is as it should be.
  public boolean settled() {
    return steps.isEmpty() && blocker().isEmpty() && await.isEmpty() && unplanned.isEmpty();
  }
}
