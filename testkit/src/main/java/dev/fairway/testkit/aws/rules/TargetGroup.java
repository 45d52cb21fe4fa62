// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.rules;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A target group as the calls so far have made it.
record TargetGroup(String arn, String name, Settings settings, Map<Target, Stay> targets) {
  /// Where a target listens.
  record Target(String id, String port) implements Comparable<Target> {
    @Override
    public int compareTo(Target other) {
      var byId = id.compareTo(other.id);
      return byId != 0 ? byId : port.compareTo(other.port);
    }
  }

  /// @param from when it was registered
  /// @param left when it was deregistered
  record Stay(Instant from, Optional<Instant> left) {}

  TargetGroup {
    targets = new TreeMap<>(targets);
  }

  TargetGroup withSettings(Settings changed) {
    return new TargetGroup(arn, name, changed, targets);
  }

  /// Those that stay already are left alone; those on their way out come back.
  TargetGroup with(Collection<Target> registered, Instant now) {
    var changed = new TreeMap<>(targets);
    registered.forEach(target ->
        changed.merge(
            target,
            new Stay(now, Optional.empty()),
            (before, fresh) -> before.left().isEmpty() ? before : fresh));
    return new TargetGroup(arn, name, settings, changed);
  }

  TargetGroup without(Collection<Target> deregistered, Instant now) {
    var changed = new TreeMap<>(targets);
    deregistered.forEach(target ->
        changed.computeIfPresent(
            target,
            (_, stay) -> stay.left().isPresent() ? stay : new Stay(stay.from(), Optional.of(now))));
    return new TargetGroup(arn, name, settings, changed);
  }

  /// As after the end of a machine: all its targets are gone at once.
  TargetGroup withoutInstance(String id) {
    var changed = new TreeMap<>(targets);
    changed.keySet().removeIf(target -> target.id().equals(id));
    return new TargetGroup(arn, name, settings, changed);
  }

  long registered() {
    return targets.values().stream().filter(stay -> stay.left().isEmpty()).count();
  }

  boolean holds(Target target) {
    var stay = targets.get(target);
    return stay != null && stay.left().isEmpty();
  }
}
