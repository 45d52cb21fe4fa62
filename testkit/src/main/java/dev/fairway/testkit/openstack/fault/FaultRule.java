// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.fault;

import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;

/// Decides for each attempt whether something goes wrong. Asked in the order of arrival, one
/// attempt at a time, so a rule may count.
@FunctionalInterface
public interface FaultRule {
  Optional<Fault> at(Attempt attempt, Instant now);

  /// The same fault for every such attempt.
  static FaultRule on(Predicate<Attempt> when, Fault fault) {
    return on(when, _ -> fault);
  }

  /// A fault for every such attempt, in the form of its service.
  static FaultRule on(Predicate<Attempt> when, Function<Attempt, Fault> fault) {
    return (attempt, _) ->
        when.test(attempt) ? Optional.of(fault.apply(attempt)) : Optional.empty();
  }

  /// Only the first `k` times.
  default FaultRule times(int k) {
    var seen = new int[1];
    return (attempt, now) -> at(attempt, now).filter(_ -> ++seen[0] <= k);
  }

  /// Only the `n`-th time, counted from 1.
  default FaultRule nth(int n) {
    var seen = new int[1];
    return (attempt, now) -> at(attempt, now).filter(_ -> ++seen[0] == n);
  }

  /// Only for this share of the attempts.
  ///
  /// @param share 0 to 1
  /// @param seed the same seed picks the same places in the order of arrival
  default FaultRule share(double share, long seed) {
    var random = new Random(seed);
    return (attempt, now) -> at(attempt, now).filter(_ -> random.nextDouble() < share);
  }
}
