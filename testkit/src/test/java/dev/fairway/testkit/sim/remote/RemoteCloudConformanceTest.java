// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim.remote;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.testkit.conformance.CloudProviderConformance;
import dev.fairway.testkit.sim.SimulatedAction;
import dev.fairway.testkit.sim.SimulatedCloud;
import dev.fairway.testkit.sim.SimulatedObserved;
import dev.fairway.testkit.sim.SimulatedProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;

/// The contract of a provider, kept over HTTP: the same slow and lagging cloud as without.
class RemoteCloudConformanceTest
    extends CloudProviderConformance<SimulatedObserved, SimulatedAction> {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final SimulatedCloud cloud =
      new SimulatedCloud(
          now::get, new SimulatedCloud.Options(Duration.ZERO, Duration.ofSeconds(5), 1));
  private final CloudServer server = CloudServer.start(cloud, () -> {});
  private final RemoteCloud remote = new RemoteCloud(server.endpoint());

  @Override
  protected CloudProvider<SimulatedObserved, SimulatedAction> provider() {
    return new SimulatedProvider(remote);
  }

  @Override
  protected void settleStep() {
    now.updateAndGet(instant -> instant.plusSeconds(1));
  }

  @AfterEach
  void stop() {
    remote.close();
    server.close();
  }
}
