// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.IngressRule;
import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.aws.plan.Tags;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the security groups of the nodes that get rules for load balancers. Of the groups of an
/// instance it is the one that is tagged as the cluster's, or its only one. Instances are looked at
/// once.
final class NodeGroups {
  private final Ec2Calls ec2;
  private final Tags tags;
  private final Set<String> configured;
  private final Map<String, List<String>> byInstance = new HashMap<>();
  private final Set<String> gone = new TreeSet<>();

  /// @param configured ids that were set; then nothing is looked for
  NodeGroups(Ec2Calls ec2, Tags tags, Collection<String> configured) {
    this.ec2 = ec2;
    this.tags = tags;
    this.configured = Set.copyOf(configured);
  }

  /// What can be told without a call: those that have rules for load balancers already, and those
  /// of the instances that were looked at.
  synchronized Set<String> known(Map<String, SecurityGroup> groups, Optional<String> backend) {
    if (!configured.isEmpty()) {
      return configured;
    }
    var known = new TreeSet<String>();
    backend.ifPresent(id ->
        groups.values().stream()
            .filter(group -> group.ingress().stream().anyMatch(rule -> isFrom(rule, id)))
            .map(SecurityGroup::id)
            .forEach(known::add));
    byInstance.values().forEach(ids -> chosen(ids, groups).ifPresent(known::add));
    return known;
  }

  private static boolean isFrom(IngressRule rule, String backend) {
    return rule.source() instanceof IngressRule.Group(var id) && id.equals(backend);
  }

  private Optional<String> chosen(List<String> ids, Map<String, SecurityGroup> groups) {
    return ids.stream()
        .filter(id -> ids.size() == 1 || isOfCluster(groups.get(id)))
        .findFirst()
        .or(() -> ids.stream().findFirst());
  }

  private boolean isOfCluster(@Nullable SecurityGroup group) {
    return group != null && tags.isOfCluster(group.tags());
  }

  /// Looks at those instances that were not looked at yet. One call for 200.
  synchronized void look(Collection<String> instances, Lane lane) {
    if (!configured.isEmpty()) {
      return;
    }
    var unknown =
        instances.stream().filter(id -> !byInstance.containsKey(id) && !gone.contains(id)).toList();
    if (unknown.isEmpty()) {
      return;
    }
    byInstance.putAll(ec2.groupsOfInstances(unknown, lane));
    unknown.stream().filter(id -> !byInstance.containsKey(id)).forEach(gone::add);
  }
}
