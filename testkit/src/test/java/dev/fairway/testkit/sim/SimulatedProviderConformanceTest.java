// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.Endpoint;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.conformance.CloudProviderConformance;
import dev.fairway.testkit.conformance.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  protected Map<String, Present> examples(LoadBalancerKey key) {
    var examples = new LinkedHashMap<>(super.examples(key));
    examples.put("pods", pods(key, Examples.pod(1), Examples.pod(2)));
    examples.put("other pods", pods(key, Examples.pod(2), Examples.pod(3)));
    examples.put("no pod", pods(key));
    return examples;
  }

  private static Present pods(LoadBalancerKey key, Endpoint... pods) {
    var nodes = Examples.with(key, List.of("TCP/80@30080"), 3);
    return Examples.targetingPods(nodes, List.of(pods));
  }

  @Override
  protected void settleStep() {
    now.updateAndGet(instant -> instant.plusSeconds(1));
  }
}
