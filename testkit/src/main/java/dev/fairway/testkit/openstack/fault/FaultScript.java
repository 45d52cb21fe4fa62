// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.fault;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The faults in force; may be changed at any time. Of several rules that fire for one attempt the
/// one added first decides, and all delays add up.
public final class FaultScript {
  private final List<FaultRule> rules = new ArrayList<>();

  /// What happens to one attempt.
  ///
  /// @param delay before anything else
  public record Outcome(Duration delay, Optional<Fault> fault) {}

  /// Returns `rule`, for [#remove].
  public synchronized <R extends FaultRule> R add(R rule) {
    rules.add(rule);
    return rule;
  }

  public synchronized void remove(FaultRule rule) {
    rules.remove(rule);
  }

  public synchronized void clear() {
    rules.clear();
  }

  /// Asks every rule, so that each sees every attempt.
  public synchronized Outcome at(Attempt attempt, Instant now) {
    var delay = Duration.ZERO;
    Optional<Fault> first = Optional.empty();
    for (var rule : rules) {
      var fault = rule.at(attempt, now);
      if (fault.isPresent() && fault.get() instanceof Fault.Delay(var by)) {
        delay = delay.plus(by);
      } else if (first.isEmpty()) {
        first = fault;
      }
    }
    return new Outcome(delay, first);
  }
}
