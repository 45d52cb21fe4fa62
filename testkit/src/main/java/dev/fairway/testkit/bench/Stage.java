// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

/// One controller that is measured, and where.
///
/// @param <F> what there is to be measured
public interface Stage<F extends Enum<F> & Keyed> {
  /// For the progress.
  void say(String text);

  /// No process, no Services, the first nodes, and nothing in the cloud.
  void beginAnew();

  Outcome<F> outcome();
}
