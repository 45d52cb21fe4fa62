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
/// instance it is the one that is tagged as the cluster's, or its only one; an instance with
/// several of which none is tagged tells nothing. Instances that were found are looked at once.
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
  /// of the instances that were looked at. Rules tell something only when the shared group is our
  /// own: others may have let in one that was configured, for something else.
  synchronized Set<String> known(Map<String, SecurityGroup> groups, Optional<String> backend) {
    if (!configured.isEmpty()) {
      return configured;
    }
    var known = new TreeSet<String>();
    backend
        .filter(id -> isOurOwn(groups.get(id)))
        .ifPresent(id ->
            groups.values().stream()
                .filter(group -> group.ingress().stream().anyMatch(rule -> isFrom(rule, id)))
                .map(SecurityGroup::id)
                .forEach(known::add));
    byInstance.values().forEach(ids -> chosen(ids, groups).ifPresent(known::add));
    return known;
  }

  private boolean isOurOwn(@Nullable SecurityGroup backend) {
    return backend != null && tags.isBackend(backend.tags());
  }

  private static boolean isFrom(IngressRule rule, String backend) {
    return rule.source() instanceof IngressRule.Group(var id) && id.equals(backend);
  }

  private Optional<String> chosen(List<String> ids, Map<String, SecurityGroup> groups) {
    return ids.stream().filter(id -> ids.size() == 1 || isOfCluster(groups.get(id))).findFirst();
  }

  private boolean isOfCluster(@Nullable SecurityGroup group) {
    return group != null && tags.isOfCluster(group.tags());
  }

  /// Looks at those instances that were not looked at yet. One call for 200. Nobody waits for it
  /// who only wants to know what is known.
  void look(Collection<String> instances, Lane lane) {
    var unknown = configured.isEmpty() ? unknown(instances) : List.<String>of();
    if (!unknown.isEmpty()) {
      found(unknown, ec2.groupsOfInstances(unknown, lane));
    }
  }

  /// Instances that were not there are looked at again the next time: a new one may be invisible
  /// for a while.
  synchronized void forgetGone() {
    gone.clear();
  }

  private synchronized List<String> unknown(Collection<String> instances) {
    return instances.stream()
        .filter(id -> !byInstance.containsKey(id) && !gone.contains(id))
        .toList();
  }

  private synchronized void found(List<String> asked, Map<String, List<String>> groups) {
    byInstance.putAll(groups);
    asked.stream().filter(id -> !byInstance.containsKey(id)).forEach(gone::add);
  }
}
