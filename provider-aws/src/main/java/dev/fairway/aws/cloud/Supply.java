// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.aws.model.SubnetView;
import dev.fairway.aws.model.Surroundings;
import dev.fairway.aws.plan.Tags;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/// What Services may have to wait for, at one moment.
///
/// @param taken what is in use, ours too: once it is gone, its name and its share of a quota are
///   free
/// @param foreign names of load balancers that could be taken over
/// @param usable ids of security groups that a Service can name
record Supply(Set<String> taken, Set<String> foreign, Set<SubnetView> subnets, Set<String> usable) {
  static Supply of(List<LoadBalancer> balancers, List<TargetGroup> groups, Surroundings around) {
    var taken =
        Stream.of(
                balancers.stream().map(LoadBalancer::loadBalancerArn),
                groups.stream().map(TargetGroup::targetGroupArn),
                around.groups().keySet().stream())
            .flatMap(all -> all)
            .collect(Collectors.toSet());
    var usable =
        around.groups().values().stream()
            .filter(group -> !Tags.isOurs(group.tags()))
            .map(SecurityGroup::id)
            .collect(Collectors.toSet());
    return new Supply(taken, around.foreign().keySet(), new HashSet<>(around.subnets()), usable);
  }

  /// Whether who waited before should look again. What we make ourselves frees nothing.
  boolean offersMoreThan(Supply before) {
    return !taken.containsAll(before.taken)
        || !foreign.equals(before.foreign)
        || !subnets.equals(before.subnets)
        || !usable.equals(before.usable);
  }
}
