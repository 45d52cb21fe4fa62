// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/// Finds when an address has come back for good: the first of so many successes in a row.
///
/// @param length how many
record Streak(int length) {
  /// A request and what came of it.
  ///
  /// @param sent since the fault
  /// @param success completes with the time since the fault, or empty when there was no good answer
  record Probe(Duration sent, CompletableFuture<Optional<Duration>> success) {}

  /// The place of the first success of the first streak, empty while there is none. Probes under
  /// way count as failures.
  ///
  /// @param probes in the order in which they were sent
  OptionalInt begin(List<Probe> probes) {
    int run = 0;
    for (int i = 0; i < probes.size(); i++) {
      CompletableFuture<Optional<Duration>> success = probes.get(i).success();
      run = success.isDone() && success.join().isPresent() ? run + 1 : 0;
      if (run == length) {
        return OptionalInt.of(i - length + 1);
      }
    }
    return OptionalInt.empty();
  }
}
