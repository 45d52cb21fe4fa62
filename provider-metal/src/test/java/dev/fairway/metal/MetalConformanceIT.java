// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.model.AddressRequest;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.IpFamily;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.metal.cloud.TestCluster;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.metal.model.VipView;
import dev.fairway.metal.plan.MetalAction;
import dev.fairway.testkit.conformance.CloudProviderConformance;
import dev.fairway.testkit.conformance.Examples;
import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.SharedControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The metal provider against a real API server.
@ExtendWith(SharedControlPlane.class)
class MetalConformanceIT extends CloudProviderConformance<MetalObserved, MetalAction> {
  private final List<MetalProvider> started = new ArrayList<>();
  private final TestCluster cluster;

  MetalConformanceIT(ControlPlane controlPlane) {
    this.cluster = new TestCluster(controlPlane);
  }

  @BeforeEach
  void poolAndSpeakers() {
    cluster.install();
    cluster.pool("conformance", "10.99.0.0/24");
    cluster.pool("conformance-6", "fd00:99::/64");
    cluster.announceEverything();
    cluster.speakers("node-1", "node-2", "node-3");
    started.add(start());
  }

  @AfterEach
  void stop() {
    started.forEach(MetalProvider::close);
    cluster.clear();
  }

  @Test
  void aServiceOfBothFamiliesHasOneAddressOfEachFromTwoPools() {
    var key = newKey();

    var both = converge(provider(), of(key, IpFamily.IPV4, IpFamily.IPV6));

    assertThat(both.vips())
        .map(VipView::pool)
        .containsExactlyInAnyOrder("conformance", "conformance-6");
    assertThat(both.ingress()).hasSize(2);
    assertThat(restarted().observe(key)).isEqualTo(both);

    var first = converge(provider(), of(key, IpFamily.IPV4));

    assertThat(first.vips()).map(VipView::pool).containsExactly("conformance");
    assertThat(both.ingress()).containsAll(first.ingress());
  }

  private static Present of(LoadBalancerKey key, IpFamily... families) {
    var web = Examples.with(key, List.of("TCP/80@30080"), 3);
    return new Present(
        key,
        web.services(),
        web.frontends(),
        new AddressRequest(List.of(families), true, List.of(), List.of()),
        web.backends(),
        Map.of());
  }

  @Override
  protected CloudProvider<MetalObserved, MetalAction> provider() {
    return started.getFirst();
  }

  @Override
  protected CloudProvider<MetalObserved, MetalAction> restarted() {
    var fresh = start();
    started.add(fresh);
    return fresh;
  }

  private MetalProvider start() {
    ProviderContext context = cluster.context();
    return new MetalProvider(context);
  }
}
