// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.testkit.conformance.CloudProviderConformance;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/// The simulated cloud at its worst honest behaviour: slow to provision, and reads that lag behind
/// writes.
class SimulatedProviderConformanceTest
    extends CloudProviderConformance<SimulatedObserved, SimulatedAction> {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final SimulatedCloud cloud =
      new SimulatedCloud(
          now::get, new SimulatedCloud.Options(Duration.ZERO, Duration.ofSeconds(5), 1));

  @Override
  protected CloudProvider<SimulatedObserved, SimulatedAction> provider() {
    return new SimulatedProvider(cloud);
  }

  @Override
  protected void settleStep() {
    now.updateAndGet(instant -> instant.plusSeconds(1));
  }
}
