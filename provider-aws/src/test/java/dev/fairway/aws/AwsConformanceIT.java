// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.plan.AwsAction;
import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.conformance.CloudProviderConformance;
import dev.fairway.testkit.conformance.Examples;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/// The AWS provider against moto, behind the proxy that adds AWS's own rules.
class AwsConformanceIT extends CloudProviderConformance<AwsObserved, AwsAction> {
  private static final AwsWorld WORLD = new AwsWorld();
  private AwsProvider provider = WORLD.provider();

  @BeforeEach
  void freshProvider() {
    provider = WORLD.provider();
  }

  @AfterAll
  static void stop() {
    WORLD.close();
  }

  @Override
  protected CloudProvider<AwsObserved, AwsAction> provider() {
    return provider;
  }

  @Override
  protected CloudProvider<AwsObserved, AwsAction> restarted() {
    return WORLD.provider();
  }

  @Override
  protected ClusterId cluster() {
    return AwsWorld.CLUSTER;
  }

  @Override
  protected Map<String, Present> examples(LoadBalancerKey key) {
    var examples = new LinkedHashMap<String, Present>();
    Examples.of(key).forEach((name, example) -> examples.put(name, WORLD.onMachines(example)));
    return examples;
  }
}
