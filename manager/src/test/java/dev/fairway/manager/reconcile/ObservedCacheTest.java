// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.sim.SimulatedObserved;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ObservedCacheTest {
  private static final LoadBalancerKey KEY = LoadBalancerKey.ofService("default", "web");
  private static final LoadBalancerKey OTHER = LoadBalancerKey.ofService("default", "mail");
  private static final LoadBalancerKey THIRD = LoadBalancerKey.ofService("default", "files");
  private final ObservedCache<SimulatedObserved> cache = new ObservedCache<>();

  @Test
  void whatWasSeenIsKept() {
    cache.put(SimulatedObserved.nothing(KEY), cache.stamp());

    assertThat(cache.get(KEY)).isPresent();
  }

  @Test
  void whatWasSeenBeforeNewsCameIsNotKept() {
    var stamp = cache.stamp();
    cache.allOutdated();
    cache.put(SimulatedObserved.nothing(KEY), stamp);
    assertThat(cache.get(KEY)).isEmpty();

    var later = cache.stamp();
    cache.put(SimulatedObserved.nothing(KEY), later);
    cache.outdated(OTHER);
    assertThat(cache.get(KEY)).as("news of another one leave it alone").isPresent();
    cache.outdated(KEY);
    cache.put(SimulatedObserved.nothing(KEY), later);
    assertThat(cache.get(KEY)).as("but not what is brought after its own").isEmpty();
    assertThat(cache.believed(KEY)).as("which is still what was believed").isPresent();
  }

  @Test
  void whatALookAtEverythingShowsOtherwiseIsOutOfDate() {
    cache.put(active(KEY), cache.stamp());
    cache.put(active(OTHER), cache.stamp());

    var different = cache.compare(List.of(active(KEY), active(THIRD)), cache.stamp());

    assertThat(different).containsExactlyInAnyOrder(OTHER, THIRD);
    assertThat(cache.get(KEY)).isPresent();
    assertThat(cache.get(OTHER)).as("it is gone").isEmpty();
    assertThat(cache.mayExist(THIRD)).isTrue();
  }

  @Test
  void whatWasWrittenAfterALookAtEverythingBeganIsLeftAlone() {
    var stamp = cache.stamp();
    cache.put(active(KEY), cache.stamp());

    assertThat(cache.compare(List.of(), stamp)).isEmpty();
    assertThat(cache.get(KEY)).isPresent();
  }

  private static SimulatedObserved active(LoadBalancerKey key) {
    return new SimulatedObserved(
        key,
        Optional.of(new SimulatedObserved.LoadBalancer("198.18.0.1", true)),
        Map.of(),
        Map.of(),
        Map.of());
  }
}
