// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.bench.Part;

/// A part of the benchmark.
interface AwsPhase extends Part<AwsTrial, AwsFigure> {}
