// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.ProviderContext;
import dev.fairway.metal.cloud.TestCluster;
import dev.fairway.metal.model.MetalObserved;
import dev.fairway.metal.plan.MetalAction;
import dev.fairway.testkit.conformance.CloudProviderConformance;
import dev.fairway.testkit.kube.ControlPlane;
import dev.fairway.testkit.kube.SharedControlPlane;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
    cluster.announceEverything();
    cluster.speakers("node-1", "node-2", "node-3");
    started.add(start());
  }

  @AfterEach
  void stop() {
    started.forEach(MetalProvider::close);
    cluster.clear();
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
