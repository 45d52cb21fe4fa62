// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.spec.ListenerSpec;
import java.util.Optional;

/// Tells whether a load balancer can take the place of another one.
final class Readiness {
  private Readiness() {}

  /// What is missing, in words; empty when nothing is. It need not serve what the present one does
  /// not serve either.
  static Optional<String> missing(Goal present, Goal next) {
    var balancer = next.current();
    if (balancer.isEmpty() || !balancer.get().active()) {
      return Optional.of(
          "it is %s".formatted(balancer.map(one -> one.state()).orElse("not there yet")));
    }
    return next.spec().listeners().stream()
        .filter(listener -> !serves(present, next, listener))
        .map(listener -> "no target of %s is healthy yet".formatted(next.groupName(listener)))
        .findFirst();
  }

  private static boolean serves(Goal present, Goal next, ListenerSpec listener) {
    return listener.group().targets().isEmpty()
        || next.seen().group(next.groupName(listener)).map(TargetGroup::healthy).orElse(false)
        || !mayServe(present, listener);
  }

  // As long as nobody has looked, it may.
  private static boolean mayServe(Goal present, ListenerSpec listener) {
    return present
        .seen()
        .group(present.groupName(listener))
        .map(group -> group.health().isEmpty() || group.healthy())
        .orElse(false);
  }
}
