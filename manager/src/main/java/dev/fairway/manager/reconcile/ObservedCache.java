// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.Observed;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What was seen last of each load balancer: the reason why a converged one costs no call and a
/// node change no read. An entry is right until somebody says otherwise, or until an action of ours
/// changes it.
///
/// News can come while a pass is under way, and what that pass saw is then from before them. So a
/// pass asks for a [#stamp] before it looks, and what it brings is kept only while no news came
/// since. Safe for use by several threads.
final class ObservedCache<O extends Observed> {
  private final Map<LoadBalancerKey, O> entries = new HashMap<>();
  private long news;

  synchronized Optional<O> get(LoadBalancerKey key) {
    return Optional.ofNullable(entries.get(key));
  }

  /// To be asked for before looking.
  synchronized long stamp() {
    return news;
  }

  /// Keeps what was seen, unless news came since `stamp`.
  synchronized void put(O seen, long stamp) {
    if (stamp == news) {
      entries.put(seen.key(), seen);
    } else {
      entries.remove(seen.key());
    }
  }

  /// The next reconciliation looks anew.
  synchronized void forget(LoadBalancerKey key) {
    news++;
    entries.remove(key);
  }

  synchronized void forgetAll() {
    news++;
    entries.clear();
  }

  synchronized boolean mayExist(LoadBalancerKey key) {
    return get(key).map(Observed::exists).orElse(false);
  }
}
