// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.plan.Effect;
import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.Troubles;
import dev.fairway.openstack.spec.Exposure;
import dev.fairway.openstack.spec.Spec;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/// What is done about a load balancer in ERROR: it is failed over where that is permitted, then
/// made anew, ever more slowly.
final class Healing {
  private static final Duration FAILOVER_PAUSE = Duration.ofMinutes(10);
  private static final List<Duration> REMAKE_PAUSES =
      List.of(Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofMinutes(15));
  private static final Duration WINDOW = Duration.ofHours(1);

  private final Pass pass;
  private final Spec spec;
  private final Balancer broken;

  Healing(Pass pass, Spec spec, Balancer broken) {
    this.pass = pass;
    this.spec = spec;
    this.broken = broken;
  }

  /// @param replacement makes one beside it
  Steps steps(Supplier<OpenStackAction> replacement) {
    var troubles = pass.seen().troublesOf(broken);
    var now = pass.seen().at();
    if (mayFailOver(troubles, now)) {
      return Steps.of(new OpenStackAction.FailOver(broken.id()))
          .then(Steps.await("Octavia fails the load balancer over"));
    }
    if (!pass.setup().options().recreateErrorLb()) {
      return waiting("it is not made anew, because recreate-error-lb is off");
    }
    var pause = pause(troubles, now);
    if (pause.isPositive()) {
      return waiting("it is made anew in %d s".formatted(pause.toSeconds() + 1))
          .then(Steps.await(pause, "a load balancer in ERROR is made anew only so often"));
    }
    return switch (spec.exposure()) {
      case Exposure.Floating _ ->
          Steps.of(replacement.get()).then(Steps.await("Octavia makes the load balancer anew"));
      // Two cannot have one address, so the broken one goes first.
      case Exposure.Internal _ ->
          Steps.of(
                  new OpenStackAction.DeleteBalancer(
                      broken.id(), broken.name(), Effect.DISRUPT, "which is in ERROR"))
              .then(Steps.await("the load balancer in ERROR goes away"));
    };
  }

  private boolean mayFailOver(Troubles troubles, Instant now) {
    return broken.worked()
        && !troubles.failoverDenied()
        && pass.seen().around().abilities().failover(broken.provider())
        && Troubles.past(troubles.failoverAt(), FAILOVER_PAUSE, now);
  }

  /// How long it is until another one may be made.
  static Duration pause(Troubles troubles, Instant now) {
    var recent =
        troubles.remadeAt().stream().filter(at -> at.plus(WINDOW).isAfter(now)).sorted().toList();
    if (recent.isEmpty()) {
      return Duration.ZERO;
    }
    var pause =
        recent.size() > REMAKE_PAUSES.size()
            ? Duration.between(now, recent.getFirst().plus(WINDOW))
            : Duration.between(
                now,
                recent.stream()
                    .max(Comparator.naturalOrder())
                    .orElse(now)
                    .plus(REMAKE_PAUSES.get(recent.size() - 1)));
    return pause.isNegative() ? Duration.ZERO : pause;
  }

  private Steps waiting(String what) {
    pass.notes()
        .add(
            Note.warning(
                "LoadBalancerInError",
                "load balancer %s is in ERROR; %s".formatted(broken.id(), what),
                "ask the operator of the cloud why Octavia failed"));
    return Steps.await(Duration.ofMinutes(1), "the load balancer is in ERROR");
  }
}
