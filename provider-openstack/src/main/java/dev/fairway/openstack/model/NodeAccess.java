// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import dev.fairway.openstack.spec.AccessRule;
import java.util.Collection;
import java.util.Set;

/// What the cluster's security group lets in, and at which nodes.
///
/// @param rules those of the group
/// @param nodes addresses of the nodes whose ports have the group
public record NodeAccess(Set<AccessRule> rules, Set<String> nodes) {
  /// Nothing is let in anywhere.
  public static final NodeAccess NONE = new NodeAccess(Set.of(), Set.of());

  public NodeAccess {
    rules = Set.copyOf(rules);
    nodes = Set.copyOf(nodes);
  }

  public boolean covers(Collection<AccessRule> wanted, Collection<String> addresses) {
    return rules.containsAll(wanted) && nodes.containsAll(addresses);
  }
}
