// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.Part;
import dev.fairway.testkit.openstack.Calls;

/// A part of the benchmark.
interface OpenStackPhase extends Part<OpenStackTrial<OpenStackFigure>, OpenStackFigure> {
  /// Puts a number of calls, and which they are.
  static void put(OpenStackTrial<OpenStackFigure> trial, OpenStackFigure figure, Calls calls) {
    trial.outcome().put(figure, calls.count());
    trial.outcome().detail(figure.key() + "ByOperation", calls.byOperation());
  }
}
