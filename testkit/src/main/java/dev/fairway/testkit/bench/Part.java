// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import java.util.Set;

/// A part of a benchmark. Each begins with a cloud and a cluster without Services.
///
/// @param <S> where it is measured
/// @param <F> what there is to be measured
public interface Part<S extends Stage<F>, F extends Enum<F> & Keyed> {
  /// For the progress.
  String title();

  /// What it finds out.
  Set<F> figures();

  /// Puts what it finds out into [Stage#outcome].
  ///
  /// @throws IllegalStateException when it takes too long
  void run(S stage);

  /// Runs it, and says what came out. One figure that cannot be had must not cost the others.
  default void measure(S stage) {
    stage.say(title());
    try {
      stage.beginAnew();
      run(stage);
      stage.say(stage.outcome().line(figures()));
    } catch (RuntimeException e) {
      stage.say("not measured: " + e.getMessage());
      stage.outcome().notMeasured(figures(), String.valueOf(e.getMessage()));
    }
  }
}
