// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.List;

/// What the simulated cloud lets its callers do, be it in their own process or far away. Every
/// method may fail with a [dev.fairway.cloud.error.CloudException].
public interface CloudCalls {
  /// All that is there.
  List<SimulatedObserved> list();

  /// What is there under one key; nothing is a value too.
  SimulatedObserved observe(LoadBalancerKey key);

  /// Carries out one action and returns what is there now. To repeat it does no harm.
  SimulatedObserved apply(SimulatedAction action);
}
