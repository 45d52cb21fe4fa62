// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.Observed;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was seen last of each load balancer: the reason why a converged one costs no call and a
/// node change no read. An entry is right until somebody says otherwise, or until an action of ours
/// changes it; an entry that is out of date is still what was believed.
///
/// News can come while a pass is under way, and what that pass saw is then from before them. So a
/// pass asks for a [#stamp] before it looks, and what it brings counts as right only while no news
/// came since. Safe for use by several threads.
final class ObservedCache<O extends Observed> {
  // Whether what was seen would still be there if nobody but us had changed anything: no longer so
  // after an action of ours of which nobody knows how it ended.
  private record Entry<O>(O seen, boolean right, boolean sure, long written) {
    Entry<O> outdated() {
      return new Entry<>(seen, false, sure, written);
    }

    Entry<O> inDoubt() {
      return new Entry<>(seen, false, false, written);
    }
  }

  private final Map<LoadBalancerKey, Entry<O>> entries = new HashMap<>();
  private final Map<LoadBalancerKey, Long> newsOf = new HashMap<>();
  private long newsOfAll;
  private long counter;

  synchronized Optional<O> get(LoadBalancerKey key) {
    return Optional.ofNullable(entries.get(key)).filter(Entry::right).map(Entry::seen);
  }

  /// What was seen last, right or not.
  synchronized Optional<O> believed(LoadBalancerKey key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::seen);
  }

  /// What must be there if nobody but us changed anything; empty when that is not known.
  synchronized Optional<O> expected(LoadBalancerKey key) {
    return Optional.ofNullable(entries.get(key)).filter(Entry::sure).map(Entry::seen);
  }

  /// To be asked for before looking.
  synchronized long stamp() {
    return ++counter;
  }

  /// Keeps what was seen; as right only when no news came since `stamp`.
  synchronized void put(O seen, long stamp) {
    var key = seen.key();
    var right = stamp > newsOfAll && stamp > newsOf.getOrDefault(key, 0L);
    if (right) {
      newsOf.remove(key);
    }
    entries.put(key, new Entry<>(seen, right, true, ++counter));
  }

  /// The next reconciliation looks anew.
  synchronized void outdated(LoadBalancerKey key) {
    newsOf.put(key, ++counter);
    entries.computeIfPresent(key, (_, entry) -> entry.outdated());
  }

  /// An action of ours ended in a way that does not tell whether it was carried out.
  synchronized void inDoubt(LoadBalancerKey key) {
    newsOf.put(key, ++counter);
    entries.computeIfPresent(key, (_, entry) -> entry.inDoubt());
  }

  synchronized void allOutdated() {
    newsOfAll = ++counter;
    newsOf.clear();
    entries.replaceAll((_, entry) -> entry.outdated());
  }

  /// Nothing is there, and nobody wants anything there: nothing is kept of it.
  synchronized void drop(LoadBalancerKey key) {
    entries.remove(key);
    newsOf.remove(key);
  }

  /// Whether something was there, or may have come since.
  synchronized boolean mayExist(LoadBalancerKey key) {
    var entry = entries.get(key);
    return entry != null && (entry.seen().exists() || !entry.right());
  }

  /// What is believed to exist, as it was seen last.
  synchronized List<O> existing() {
    return entries.values().stream().map(Entry::seen).filter(Observed::exists).toList();
  }

  /// How many load balancers something is kept of.
  synchronized int size() {
    return Math.max(entries.size(), newsOf.size());
  }

  /// Compares what a look at everything brought with what was believed. What differs is out of date
  /// from then on, and is returned. What was written after the look began is left alone: the look
  /// may have missed it.
  ///
  /// @param stamp from before the look
  synchronized List<LoadBalancerKey> compare(Collection<O> found, long stamp) {
    var byKey = new HashMap<LoadBalancerKey, O>();
    found.forEach(seen -> byKey.put(seen.key(), seen));
    var different = new ArrayList<LoadBalancerKey>();
    entries.forEach((key, entry) -> {
      var now = Optional.ofNullable(byKey.remove(key));
      var same = now.map(seen -> seen.equals(entry.seen())).orElse(!entry.seen().exists());
      if (entry.written() < stamp && entry.right() && !same) {
        different.add(key);
      }
    });
    different.forEach(this::outdated);
    byKey.forEach((key, seen) -> {
      // A key that was dropped since the look began has news of its own to come.
      entries.put(key, new Entry<>(seen, false, true, ++counter));
      different.add(key);
    });
    return different;
  }
}
