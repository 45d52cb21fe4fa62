// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.sim.SimulatedObserved;
import org.junit.jupiter.api.Test;

class ObservedCacheTest {
  private static final LoadBalancerKey KEY = LoadBalancerKey.ofService("default", "web");
  private static final LoadBalancerKey OTHER = LoadBalancerKey.ofService("default", "mail");
  private final ObservedCache<SimulatedObserved> cache = new ObservedCache<>();

  @Test
  void whatWasSeenIsKept() {
    cache.put(SimulatedObserved.nothing(KEY), cache.stamp());

    assertThat(cache.get(KEY)).isPresent();
  }

  @Test
  void whatWasSeenBeforeNewsCameIsNotKept() {
    var stamp = cache.stamp();
    cache.forgetAll();
    cache.put(SimulatedObserved.nothing(KEY), stamp);
    assertThat(cache.get(KEY)).isEmpty();

    var later = cache.stamp();
    cache.put(SimulatedObserved.nothing(KEY), later);
    cache.forget(OTHER);
    assertThat(cache.get(KEY)).as("news of another one leave it alone").isPresent();
    cache.put(SimulatedObserved.nothing(KEY), later);
    assertThat(cache.get(KEY)).as("but not what is brought after them").isEmpty();
  }
}
