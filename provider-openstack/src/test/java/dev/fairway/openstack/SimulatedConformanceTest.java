// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.plan.OpenStackAction;
import dev.fairway.testkit.conformance.CloudProviderConformance;
import dev.fairway.testkit.openstack.SimulatedOpenStack;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/// The OpenStack provider against the simulator, which is held to what the real services answer.
class SimulatedConformanceTest
    extends CloudProviderConformance<OpenStackObserved, OpenStackAction> {
  private static final SimulatedOpenStack CLOUD = SimulatedOpenStack.start();
  private static final OpenStackWorld WORLD = new OpenStackWorld(CLOUD.authUrl(), CLOUD.seed());
  private OpenStackProvider provider = WORLD.provider();

  @BeforeEach
  void freshProvider() {
    CLOUD.delay(Duration.ofMillis(20));
    provider = WORLD.provider();
  }

  @AfterAll
  static void stop() {
    WORLD.close();
    CLOUD.close();
  }

  @Override
  protected CloudProvider<OpenStackObserved, OpenStackAction> provider() {
    return provider;
  }

  @Override
  protected CloudProvider<OpenStackObserved, OpenStackAction> restarted() {
    return WORLD.provider();
  }

  @Override
  protected void settleStep() {
    WORLD.awaitNews();
  }

  @Override
  protected ClusterId cluster() {
    return OpenStackWorld.CLUSTER;
  }
}
