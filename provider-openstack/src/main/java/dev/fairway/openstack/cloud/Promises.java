// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Load balancers that traffic was let in for and that are not there yet: what they need must not
/// be taken for what nobody needs. Thread-safe.
final class Promises {
  // Longer than the longest pause between two attempts.
  private static final Duration FOR = Duration.ofMinutes(10);

  private final Inventory inventory;
  private final InstantSource clock;
  private final Map<LoadBalancerKey, Instant> given = new ConcurrentHashMap<>();

  Promises(Inventory inventory, InstantSource clock) {
    this.inventory = inventory;
    this.clock = clock;
  }

  void give(LoadBalancerKey key) {
    if (!inventory.has(key)) {
      given.put(key, clock.instant());
    }
  }

  /// Something was done for this one: it may be there now.
  void mayBeKept(LoadBalancerKey key) {
    if (!given.isEmpty() && inventory.has(key)) {
      given.remove(key);
    }
  }

  void takeBack(LoadBalancerKey key) {
    given.remove(key);
  }

  boolean any() {
    var before = clock.instant().minus(FOR);
    given.values().removeIf(at -> !at.isAfter(before));
    return !given.isEmpty();
  }
}
