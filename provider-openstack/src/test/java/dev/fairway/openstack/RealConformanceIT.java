// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.plan.OpenStackAction;
import dev.fairway.testkit.conformance.CloudProviderConformance;
import dev.fairway.testkit.conformance.Examples;
import dev.fairway.testkit.openstack.lab.OpenStackLab;
import dev.fairway.testkit.openstack.lab.SharedOpenStackLab;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/// The OpenStack provider against the real Keystone, Neutron and Octavia. The simulator has all
/// examples; here, where each step takes seconds, is the one with all kinds of parts.
@ExtendWith(SharedOpenStackLab.class)
class RealConformanceIT extends CloudProviderConformance<OpenStackObserved, OpenStackAction> {
  private @Nullable OpenStackWorld world;
  private @Nullable OpenStackProvider provider;

  @BeforeEach
  void freshProvider(OpenStackLab lab) {
    var seed = lab.seed().asSeed();
    world = new OpenStackWorld(seed.authUrl(), seed);
    provider = world.provider();
  }

  @AfterEach
  void stop() {
    world().close();
  }

  private OpenStackWorld world() {
    if (world == null) {
      throw new IllegalStateException("not begun");
    }
    return world;
  }

  @Override
  protected CloudProvider<OpenStackObserved, OpenStackAction> provider() {
    if (provider == null) {
      throw new IllegalStateException("not begun");
    }
    return provider;
  }

  @Override
  protected CloudProvider<OpenStackObserved, OpenStackAction> restarted() {
    return world().provider();
  }

  @Override
  protected Map<String, Present> examples(LoadBalancerKey key) {
    var name = "policy Local";
    return Map.of(name, Objects.requireNonNull(Examples.of(key).get(name)));
  }

  @Override
  protected void settleStep() {
    world().awaitNews();
  }

  @Override
  protected Duration settleTime() {
    return Duration.ofSeconds(90);
  }

  @Override
  protected ClusterId cluster() {
    return OpenStackWorld.CLUSTER;
  }
}
