// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.inspect;

import dev.fairway.cloud.Detail;
import dev.fairway.cloud.plan.Effect;
import dev.fairway.cloud.plan.Note;
import dev.fairway.manager.desired.ServiceScope.Duty;
import dev.fairway.manager.inspect.Explanation.ConditionView;
import dev.fairway.manager.inspect.Explanation.Found;
import dev.fairway.manager.inspect.Explanation.Group;
import dev.fairway.manager.inspect.Explanation.LastError;
import dev.fairway.manager.inspect.Explanation.Port;
import dev.fairway.manager.inspect.Explanation.TargetView;
import dev.fairway.manager.inspect.Explanation.Wanted;
import dev.fairway.manager.inspect.Explanation.Work;
import dev.fairway.manager.inspect.PlanView.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Builds explanations for tests: `serving().failing(3).explain()`; everything not said is well.
final class Facts {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final Note POOL_EXHAUSTED =
      Note.blocking(
          "PoolExhausted",
          "pool a has no free IPv4 address: 0 of the 8 addresses of a are free",
          "add addresses to it, or delete a Service that is not needed");

  private Ownership ownership =
      new Ownership(
          Duty.SERVE,
          "it has no class; this controller serves class fairway.dev/metal and Services without class");
  private List<String> ingress = List.of("192.0.2.10");
  private List<Detail> details =
      List.of(new Detail("192.0.2.10", Detail.State.OK, "answered for by node-1"));
  private Optional<String> problem = Optional.empty();
  private boolean known = true;
  private PlanView plan =
      new PlanView(
          "default/web",
          List.of("default/web"),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty());
  private int readyEndpoints = 2;
  private List<TargetView> targets =
      List.of(
          new TargetView("node-1", true, Optional.empty(), false, true, true),
          new TargetView("node-2", true, Optional.empty(), false, false, false),
          new TargetView("node-3", false, Optional.of("is being deleted"), true, true, false));
  private Work work =
      new Work(
          Work.State.RESTING,
          Optional.empty(),
          Optional.empty(),
          Optional.of(NOW.minusSeconds(12)),
          true,
          Optional.empty());

  static Facts serving() {
    return new Facts();
  }

  static Facts withoutAddress() {
    var facts = new Facts();
    facts.ingress = List.of();
    facts.details = List.of();
    return facts;
  }

  Facts owned(Duty duty, String why) {
    ownership = new Ownership(duty, why);
    return this;
  }

  Facts note(Note note) {
    plan =
        new PlanView(
            plan.key(),
            plan.services(),
            plan.steps(),
            List.of(note),
            plan.await(),
            plan.unplanned());
    return this;
  }

  Facts step(Effect effect, String summary, boolean withheld) {
    plan =
        new PlanView(
            plan.key(),
            plan.services(),
            List.of(new Step(effect, summary, withheld)),
            plan.notes(),
            plan.await(),
            plan.unplanned());
    return this;
  }

  Facts awaiting(String because) {
    plan =
        new PlanView(
            plan.key(),
            plan.services(),
            plan.steps(),
            plan.notes(),
            Optional.of(new PlanView.Waiting(1, because)),
            Optional.empty());
    return this;
  }

  Facts detail(Detail.State state, String text) {
    details = List.of(new Detail("192.0.2.10", state, text));
    return this;
  }

  Facts unseen(String why) {
    problem = Optional.of(why);
    known = false;
    plan = PlanView.unplanned("default/web", List.of("default/web"), why);
    return this;
  }

  Facts endpoints(int count) {
    readyEndpoints = count;
    return this;
  }

  Facts targets(List<TargetView> nodes) {
    targets = nodes;
    return this;
  }

  /// The last passes failed; the next one is in 20 seconds.
  Facts failing(int count) {
    work =
        new Work(
            Work.State.RESTING,
            Optional.empty(),
            Optional.of(NOW.plusSeconds(20)),
            Optional.of(NOW.minusSeconds(7)),
            false,
            Optional.of(
                new LastError(
                    "CloudUnavailable",
                    "no answer",
                    NOW.minusSeconds(90),
                    NOW.minusSeconds(7),
                    count)));
    return this;
  }

  Facts working() {
    work =
        new Work(
            Work.State.WORKING,
            Optional.of(NOW.minusSeconds(3)),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty());
    return this;
  }

  Explanation explain() {
    return new Explanation(
            "default/web",
            "",
            NOW,
            ownership,
            new Group("default/web", List.of("default/web")),
            ownership.duty() == Duty.SERVE
                ? Optional.of(
                    new Wanted(
                        List.of(
                            new Port("TCP/80", "default/web", Optional.of(30080)),
                            new Port("UDP/53", "default/web", Optional.empty())),
                        List.of("IPv4"),
                        List.of(),
                        "CLUSTER",
                        List.of("10.0.0.0/8")))
                : Optional.empty(),
            new Found(known, known && !ingress.isEmpty(), ingress, details, problem),
            plan,
            List.of(
                new ConditionView(
                    "LoadBalancerServing", true, "Serving", "reachable at 192.0.2.10", true),
                new ConditionView(
                    "LoadBalancerProvisioning", false, "Complete", "nothing to do", false)),
            readyEndpoints,
            targets,
            work)
        .withCause();
  }
}
