// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/// Makes one set of equal ones: thousands of load balancers have the same thousand nodes, and to
/// keep each of these sets would take gigabytes. Forgets what nobody else holds. Safe for use by
/// several threads.
public final class SharedSets {
  private final Map<Set<String>, WeakReference<Set<String>>> known = new WeakHashMap<>();

  /// An immutable set equal to this one: the same for all equal ones.
  public synchronized Set<String> share(Set<String> names) {
    var reference = known.get(names);
    var shared = reference == null ? null : reference.get();
    if (shared != null) {
      return shared;
    }
    var copy = Set.copyOf(names);
    known.put(copy, new WeakReference<>(copy));
    return copy;
  }
}
