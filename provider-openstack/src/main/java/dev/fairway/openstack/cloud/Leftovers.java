// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.openstack.model.NodeAccess.Grant;
import java.util.HashSet;
import java.util.Set;

/// What no load balancer needs of what nodes let in.
///
/// @param group whether nobody needs the security group
/// @param ports ids of those that have it and are of no member
/// @param grants rules that were for load balancers that are gone
record Leftovers(boolean group, Set<String> ports, Set<Grant> grants) {
  static final Leftovers NONE = new Leftovers(false, Set.of(), Set.of());

  Leftovers {
    ports = Set.copyOf(ports);
    grants = Set.copyOf(grants);
  }

  boolean isEmpty() {
    return !group && ports.isEmpty() && grants.isEmpty();
  }

  /// What is left over in both.
  Leftovers and(Leftovers other) {
    var both = new HashSet<>(ports);
    both.retainAll(other.ports);
    var rules = new HashSet<>(grants);
    rules.retainAll(other.grants);
    return new Leftovers(group && other.group, both, rules);
  }
}
