// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.Observed;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What was seen last of each load balancer: the reason why a converged one costs no call and a
/// node change no read. An entry is right until somebody says otherwise, or until an action of ours
/// changes it.
final class ObservedCache<O extends Observed> {
  private final Map<LoadBalancerKey, O> entries = new ConcurrentHashMap<>();

  Optional<O> get(LoadBalancerKey key) {
    return Optional.ofNullable(entries.get(key));
  }

  void put(O seen) {
    entries.put(seen.key(), seen);
  }

  void putAll(Collection<O> seen) {
    seen.forEach(this::put);
  }

  /// The next reconciliation looks anew.
  void forget(LoadBalancerKey key) {
    entries.remove(key);
  }

  void forgetAll() {
    entries.clear();
  }

  boolean mayExist(LoadBalancerKey key) {
    return get(key).map(Observed::exists).orElse(false);
  }
}
