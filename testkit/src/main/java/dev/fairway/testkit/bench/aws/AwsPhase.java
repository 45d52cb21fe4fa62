// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import java.util.Set;

/// A part of the benchmark. Each begins in an AWS account and a cluster without Services.
interface AwsPhase {
  /// For the progress.
  String title();

  /// What it finds out.
  Set<AwsFigure> figures();

  /// Puts what it finds out into [AwsTrial#findings].
  ///
  /// @throws IllegalStateException when it takes too long
  void run(AwsTrial trial);
}
