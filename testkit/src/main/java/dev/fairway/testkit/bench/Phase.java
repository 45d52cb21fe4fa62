// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

/// A part of the benchmark. Each begins where the one before ended.
interface Phase {
  /// For the progress.
  String title();

  /// Puts what it finds out into [Trial#findings].
  ///
  /// @throws IllegalStateException when it takes too long
  void run(Trial trial);
}
