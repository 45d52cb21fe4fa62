// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.cloud.plan.Effect;
import dev.fairway.cloud.plan.Note;
import dev.fairway.manager.inspect.PlanView.Step;
import dev.fairway.manager.inspect.PlanView.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Plans as people read them: `+` makes, `~` changes, `-` takes away, `!` interrupts.
public final class PlanText {
  private PlanText() {}

  /// All that there is to do; what is as it should be is counted only.
  public static String ofAll(Plans plans) {
    return of(plans, plans.loadBalancers().stream().filter(plan -> !plan.settled()).toList());
  }

  /// Those that were asked for by name: each is shown.
  public static String ofNamed(Plans plans) {
    return of(plans, plans.loadBalancers());
  }

  private static String of(Plans plans, List<PlanView> shown) {
    var blocks =
        shown.stream()
            .map(plan -> "%s%n%s%n".formatted(title(plan), indented(lines(plan, plans.policy()))))
            .collect(Collectors.joining("\n"));
    return blocks + (blocks.isEmpty() ? "" : "\n") + sum(plans) + "\n";
  }

  private static String title(PlanView plan) {
    return plan.services().isEmpty() || plan.services().equals(List.of(plan.key()))
        ? plan.key()
        : "%s (%s)".formatted(plan.key(), String.join(", ", plan.services()));
  }

  private static String indented(List<String> lines) {
    return lines.stream().map("  "::concat).collect(Collectors.joining("\n"));
  }

  /// The plan of one load balancer, a line for each step and finding.
  static List<String> lines(PlanView plan, String policy) {
    var lines = new ArrayList<String>();
    plan.unplanned().ifPresent(why -> lines.add("no plan: " + why));
    plan.steps().forEach(step -> lines.add(step(step, policy)));
    plan.notes().forEach(note -> lines.add(note(note)));
    plan.await().ifPresent(waiting -> lines.add(waiting(waiting)));
    if (plan.settled()) {
      lines.addFirst("nothing to do");
    }
    return lines;
  }

  private static String step(Step step, String policy) {
    return "%s %s%s"
        .formatted(
            mark(step.effect()),
            step.summary(),
            step.withheld() ? "   (withheld by policy %s)".formatted(policy) : "");
  }

  private static String mark(Effect effect) {
    return switch (effect) {
      case CREATE -> "+";
      case UPDATE -> "~";
      case DELETE -> "-";
      case DISRUPT -> "!";
    };
  }

  private static String note(Note note) {
    return "%s: %s: %s"
        .formatted(note.severity().toString().toLowerCase(Locale.ROOT), note.code(), note.text());
  }

  private static String waiting(Waiting waiting) {
    return "waits: %s; looked at again after %s s"
        .formatted(waiting.because(), seconds(waiting.afterSeconds()));
  }

  private static String seconds(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static String sum(Plans plans) {
    var sum = plans.summary();
    var steps = new ArrayList<String>();
    steps.add(sum.create() + " to create");
    steps.add(sum.update() + " to change");
    steps.add(sum.delete() + " to delete");
    addIfAny(steps, sum.disrupt(), "to interrupt");
    addIfAny(steps, sum.withheld(), "of them withheld by policy " + plans.policy());
    var balancers = new ArrayList<String>();
    balancers.add(sum.settled() + " as they should be");
    addIfAny(balancers, sum.waiting(), "waiting");
    addIfAny(balancers, sum.blocked(), "blocked");
    addIfAny(balancers, sum.unplanned(), "without a plan");
    return String.join(", ", steps) + "; " + String.join(", ", balancers);
  }

  private static void addIfAny(List<String> to, long count, String what) {
    if (count > 0) {
      to.add(count + " " + what);
    }
  }
}
