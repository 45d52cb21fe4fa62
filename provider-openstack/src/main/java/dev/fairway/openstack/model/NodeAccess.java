// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.spec.AccessRule;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the cluster's security group lets in, and at which nodes.
///
/// @param group its id; empty while there is none, and while it was not looked for
/// @param nodes addresses of the nodes whose ports have the group, and of those that have no port
/// @param users the groups of Services that have anything at OpenStack
public record NodeAccess(
    Optional<String> group, Set<Grant> grants, Set<String> nodes, Set<LoadBalancerKey> users) {
  /// Nothing is let in anywhere.
  public static final NodeAccess NONE =
      new NodeAccess(Optional.empty(), Set.of(), Set.of(), Set.of());

  public NodeAccess {
    grants = Set.copyOf(grants);
    nodes = Set.copyOf(nodes);
    users = Set.copyOf(users);
  }

  /// A rule of the security group.
  ///
  /// @param owner whose it is; empty for one that all share. A node port is one Service's, so a
  ///   rule for it is too.
  public record Grant(AccessRule rule, Optional<LoadBalancerKey> owner) {
    /// What the group has when a load balancer wants this.
    public static Grant of(AccessRule rule, LoadBalancerKey key) {
      return new Grant(rule, rule.onePort() ? Optional.of(key) : Optional.empty());
    }

    /// Whether it goes with this load balancer.
    public boolean belongsTo(LoadBalancerKey key) {
      return owner.equals(Optional.of(key));
    }

    boolean serves(LoadBalancerKey key) {
      return owner.isEmpty() || belongsTo(key);
    }
  }

  public NodeAccess usedBy(Set<LoadBalancerKey> keys) {
    return new NodeAccess(group, grants, nodes, keys);
  }

  /// Whether all of this is let in at all of these nodes.
  public boolean covers(
      LoadBalancerKey key, Collection<AccessRule> wanted, Collection<String> addresses) {
    return group.isPresent()
        && nodes.containsAll(addresses)
        && wanted.stream().allMatch(rule -> admits(key, rule));
  }

  /// Whether there is such a rule, and nobody else takes it away.
  public boolean admits(LoadBalancerKey key, AccessRule rule) {
    return grants.stream().anyMatch(grant -> grant.rule().equals(rule) && grant.serves(key));
  }

  /// The rules that are only there for this one.
  public List<AccessRule> of(LoadBalancerKey key) {
    return grants.stream()
        .filter(grant -> grant.belongsTo(key))
        .map(Grant::rule)
        .distinct()
        .sorted()
        .toList();
  }

  /// Whether nobody would be left without this one.
  public boolean usedOnlyBy(LoadBalancerKey key) {
    return users.stream().allMatch(key::equals);
  }
}
