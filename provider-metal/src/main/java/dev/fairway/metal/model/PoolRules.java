// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.model;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which Services may have addresses of a pool, and which pool comes first.
///
/// @param autoAssign whether those that ask for nothing get one
/// @param priority lower ones come first, 0 last
/// @param namespaces names; with `namespaceSelectors`, of which one must match; both empty: all
/// @param serviceSelectors of which one must match; empty: all Services
public record PoolRules(
    boolean autoAssign,
    int priority,
    Set<String> namespaces,
    List<Selector> namespaceSelectors,
    List<Selector> serviceSelectors) {
  /// Those made for some come before those for everybody.
  static final Comparator<PoolRules> ORDER =
      Comparator.comparingInt(
              (PoolRules rules) -> rules.priority == 0 ? Integer.MAX_VALUE : rules.priority)
          .thenComparing(PoolRules::isForEverybody);

  public PoolRules {
    namespaces = Set.copyOf(namespaces);
    namespaceSelectors = List.copyOf(namespaceSelectors);
    serviceSelectors = List.copyOf(serviceSelectors);
  }

  /// For all Services, with no priority.
  public static PoolRules forEverybody(boolean autoAssign) {
    return new PoolRules(autoAssign, 0, Set.of(), List.of(), List.of());
  }

  public boolean isForEverybody() {
    return namespaces.isEmpty() && namespaceSelectors.isEmpty() && serviceSelectors.isEmpty();
  }

  /// Whether a Service may have an address.
  public boolean admits(
      String namespace, Map<String, String> namespaceLabels, Map<String, String> labels) {
    var here =
        (namespaces.isEmpty() && namespaceSelectors.isEmpty())
            || namespaces.contains(namespace)
            || (isKnown(namespaceLabels)
                && namespaceSelectors.stream().anyMatch(one -> one.matches(namespaceLabels)));
    return here && Selector.anyMatches(serviceSelectors, labels);
  }

  // Every namespace has the label kubernetes.io/metadata.name: one without any was not read yet,
  // and
  // a selector such as DoesNotExist must not take that for an answer.
  private static boolean isKnown(Map<String, String> namespaceLabels) {
    return !namespaceLabels.isEmpty();
  }
}
