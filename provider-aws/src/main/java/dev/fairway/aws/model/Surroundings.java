// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What all load balancers of the cluster share.
///
/// @param groups all security groups of the VPC by id
/// @param backendGroup the id of the group that all load balancers have, by which the nodes
///   recognize their traffic; empty before the first load balancer
/// @param nodeGroups ids of the groups of the nodes that get rules; empty while that is not known
/// @param foreign load balancers of the account that are not this cluster's, by name
/// @param quotas how much of what AWS allows is used
public record Surroundings(
    String vpcId,
    List<SubnetView> subnets,
    Map<String, SecurityGroup> groups,
    Optional<String> backendGroup,
    Set<String> nodeGroups,
    Map<String, ForeignBalancer> foreign,
    Quotas quotas) {
  public Surroundings {
    subnets = List.copyOf(subnets);
    groups = Map.copyOf(groups);
    nodeGroups = Set.copyOf(nodeGroups);
    foreign = Map.copyOf(foreign);
  }

  /// Whether all nodes let load balancers reach these ports.
  public boolean isOpen(Collection<PortBlock> blocks) {
    return !nodeGroups.isEmpty()
        && nodeGroups.stream().allMatch(group -> closed(group, blocks).isEmpty());
  }

  /// Those of the blocks that a group of nodes does not let in yet.
  public List<PortBlock> closed(String nodeGroup, Collection<PortBlock> blocks) {
    return blocks.stream()
        .filter(
            block -> backendGroup.map(backend -> !has(nodeGroup, block.rule(backend))).orElse(true))
        .toList();
  }

  private boolean has(String group, IngressRule rule) {
    return Optional.ofNullable(groups.get(group))
        .map(one -> one.ingress().contains(rule))
        .orElse(false);
  }

  /// The id of the group that has this id, name, or tag `Name`.
  public Optional<String> groupId(String idOrName) {
    return groups.values().stream()
        .filter(group ->
            group.id().equals(idOrName)
                || group.name().equals(idOrName)
                || idOrName.equals(group.tags().getOrDefault("Name", "")))
        .map(SecurityGroup::id)
        .sorted()
        .findFirst();
  }

  public Surroundings withNodeGroups(Set<String> now) {
    return new Surroundings(vpcId, subnets, groups, backendGroup, now, foreign, quotas);
  }

  /// With other security groups, of which one may be that which all share.
  public Surroundings withGroups(Map<String, SecurityGroup> now, Optional<String> backend) {
    return new Surroundings(vpcId, subnets, now, backend, nodeGroups, foreign, quotas);
  }
}
