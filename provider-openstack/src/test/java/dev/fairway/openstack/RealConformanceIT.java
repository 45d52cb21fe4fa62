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
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/// The OpenStack provider against the real Keystone, Neutron and Octavia. The simulator has all
/// examples; here, where each step takes a second, are two that differ in all kinds of parts.
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
    var few = new LinkedHashMap<String, Present>();
    var all = Examples.of(key);
    for (var name : new String[] {"TCP and UDP on one port", "policy Local"}) {
      few.put(name, all.getOrDefault(name, all.values().iterator().next()));
    }
    return few;
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
