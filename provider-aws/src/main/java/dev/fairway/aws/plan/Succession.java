// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.plan.AwsAction.RetireBalancer;
import dev.fairway.aws.plan.AwsAction.TagBalancer;
import dev.fairway.aws.spec.Spec;
import dev.fairway.cloud.plan.Await;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Decides which load balancer the Services should have: the one that clients use, changed in
/// place, or another one that takes its place when it works.
///
/// The one that is replaced serves until the other one does. Then it retires: the status names the
/// other one, and it goes on for as long as clients may know its addresses still.
final class Succession {
  /// Longer than clients remember what DNS said (the TTL of AWS is 60 s, and not everybody keeps to
  /// it), and time for connections to end.
  static final Duration DRAINING = Duration.ofMinutes(5);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private final GoalFinder finder;
  private final Spec spec;
  private final AwsObserved seen;
  private final List<Note> notes;

  /// @param notes takes what is found
  Succession(GoalFinder finder, Spec spec, AwsObserved seen, List<Note> notes) {
    this.finder = finder;
    this.spec = spec;
    this.seen = seen;
    this.notes = notes;
  }

  Plan<AwsAction> plan() {
    var present = seen.published().or(() -> seen.balancers().stream().findFirst());
    if (present.isEmpty()) {
      return finder.anew(Optional.empty()).map(goal -> settle(goal, List.of())).orElse(Plan.none());
    }
    var reasons = finder.unchangeable(present.get());
    if (!reasons.isEmpty() && replaces(present.get())) {
      return replace(present.get());
    }
    reasons.forEach(this::tell);
    var others = others(present.get());
    return finder.inPlace(present.get()).map(goal -> settle(goal, others)).orElse(Plan.none());
  }

  private List<Balancer> others(Balancer one) {
    return seen.balancers().stream().filter(other -> !other.arn().equals(one.arn())).toList();
  }

  private boolean replaces(Balancer present) {
    if (!spec.makeBeforeBreak() || spec.adopt().isPresent()) {
      return false;
    }
    var taken = finder.addressesInUse(present);
    if (!taken.isEmpty()) {
      notes.add(
          Note.warning(
              "AddressesInUse",
              "load balancer %s cannot be replaced: a second one cannot have %s too"
                  .formatted(present.name(), String.join(", ", taken)),
              "ask for other addresses, or delete the Service and create it again"));
    }
    return taken.isEmpty();
  }

  private void tell(String reason) {
    notes.add(
        Note.warning(
            "ChangeNeedsReplacement",
            reason,
            spec.adopt().isPresent()
                ? "remove fairway.dev/aws-adopt first: what was taken over is not replaced"
                : "set fairway.dev/aws-replace: make-before-break to have it replaced by another"
                    + " one, which gets another DNS name"));
  }

  // One load balancer is as it should be, or can be made so; the others go, in time.
  private Plan<AwsAction> settle(Goal goal, List<Balancer> others) {
    notes.addAll(Forecast.of(goal));
    var draining = others.stream().filter(this::drains).toList();
    var leaving = others.stream().filter(one -> !drains(one)).toList();
    var steps = new LinkedHashSet<AwsAction>(Steps.bring(goal));
    draining.forEach(one -> finder.inPlace(one).map(Steps::targets).ifPresent(steps::addAll));
    goal.current().flatMap(Succession::comeBack).ifPresent(steps::add);
    leaving.forEach(one -> steps.addAll(Teardown.of(seen, one)));
    if (draining.isEmpty()) {
      steps.addAll(AccessSteps.remove(goal));
    }
    steps.addAll(TargetGroupSteps.remove(List.of(goal), leaving));
    steps.addAll(TagSteps.bring(goal));
    return new Plan<>(List.copyOf(steps), List.of(), draining.stream().findFirst().map(this::rest));
  }

  private boolean drains(Balancer one) {
    return one.retiredAt().isPresent() && left(one).isPositive();
  }

  private Duration left(Balancer retired) {
    return DRAINING.minusSeconds(seen.at() - retired.retiredAt().orElse(0));
  }

  // A clock that went back must not keep it for ever.
  private Await rest(Balancer retired) {
    var left = left(retired);
    return new Await(
        left.compareTo(DRAINING) > 0 ? DRAINING : left,
        "load balancer %s serves those clients that still know it, and then goes"
            .formatted(retired.name()));
  }

  private Plan<AwsAction> replace(Balancer present) {
    var others = others(present);
    var target = others.stream().filter(one -> finder.unchangeable(one).isEmpty()).findFirst();
    var kept = finder.inPlace(present);
    var wanted = target.map(finder::inPlace).orElseGet(() -> finder.anew(Optional.of(present)));
    if (kept.isEmpty() || wanted.isEmpty()) {
      return Plan.none();
    }
    notes.addAll(Forecast.of(wanted.get()));
    var steps = new LinkedHashSet<AwsAction>(Steps.bring(kept.get()));
    steps.addAll(TagSteps.bring(kept.get()));
    var ahead = new ArrayList<>(Steps.bring(wanted.get()));
    ahead.addAll(TagSteps.bring(wanted.get()));
    steps.addAll(ahead);
    var leaving =
        others.stream()
            .filter(one -> !target.equals(Optional.of(one)) && !drains(one))
            .filter(one -> !one.name().equals(wanted.get().balancer()))
            .toList();
    leaving.forEach(one -> steps.addAll(Teardown.of(seen, one)));
    steps.addAll(TargetGroupSteps.remove(List.of(kept.get(), wanted.get()), leaving));
    var missing =
        ahead.isEmpty()
            ? Readiness.missing(kept.get(), wanted.get())
            : Optional.of("load balancer %s is being made".formatted(wanted.get().balancer()));
    if (missing.isEmpty()) {
      steps.addAll(handOver(present, wanted.get()));
    }
    return new Plan<>(
        List.copyOf(steps),
        List.of(),
        missing.map(text ->
            new Await(
                LOOK_AGAIN,
                "load balancer %s will take the place of %s: %s"
                    .formatted(wanted.get().balancer(), present.name(), text))));
  }

  private static List<AwsAction> handOver(Balancer present, Goal wanted) {
    return Stream.concat(
            present.retiredAt().isEmpty()
                ? Stream.of(new RetireBalancer(present.name(), wanted.balancer()))
                : Stream.empty(),
            wanted.current().flatMap(Succession::comeBack).stream())
        .toList();
  }

  private static Optional<AwsAction> comeBack(Balancer retired) {
    return retired.retiredAt().isPresent()
        ? Optional.of(new TagBalancer(retired.name(), Map.of(), List.of(Tags.RETIRED)))
        : Optional.empty();
  }
}
