// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.bench.Outcome;

/// What a figure is to reach.
sealed interface Aim {
  record AtMost(double value) implements Aim {}

  record AtLeast(double value) implements Aim {}

  record None() implements Aim {}

  /// Whether `value` reaches it.
  default boolean isMet(double value) {
    return switch (this) {
      case AtMost(var most) -> value <= most;
      case AtLeast(var least) -> value >= least;
      case None() -> true;
    };
  }

  /// As in `<= 400`.
  default String text() {
    return switch (this) {
      case AtMost(var most) -> "<= " + Outcome.rounded(most);
      case AtLeast(var least) -> ">= " + Outcome.rounded(least);
      case None() -> "";
    };
  }
}
