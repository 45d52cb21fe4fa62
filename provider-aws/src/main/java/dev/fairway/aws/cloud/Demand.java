// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.PortBlock;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.plan.NodePorts;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.aws.spec.TargetType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// What the load balancers there are need of the nodes.
///
/// @param blocks ports that are to be open
/// @param complete whether these are all; otherwise nobody knows yet what else is needed
/// @param instances that are registered as targets, as far as that is known
record Demand(Set<PortBlock> blocks, boolean complete, List<String> instances) {
  Demand {
    blocks = Set.copyOf(blocks);
    instances = List.copyOf(instances);
  }

  /// @param backend the id of the shared group
  /// @param promised the targets behind a digest, where they are known
  static Demand of(
      Collection<AwsObserved> all,
      String backend,
      Function<String, Optional<Set<TargetId>>> promised) {
    var blocks = new TreeSet<PortBlock>();
    var instances = new TreeSet<String>();
    var complete = true;
    for (var seen : all) {
      for (var listed : seen.groups()) {
        var group = told(listed, promised);
        if (group.type() == TargetType.INSTANCE) {
          group.targets().known().orElse(Set.of()).forEach(target -> instances.add(target.id()));
        }
        if (mayUse(seen, backend)) {
          var ports = NodePorts.of(group);
          blocks.addAll(ports.orElse(Set.of()));
          complete &= ports.isPresent();
        }
      }
    }
    return new Demand(blocks, complete, List.copyOf(instances));
  }

  private static boolean mayUse(AwsObserved seen, String backend) {
    return seen.balancers().isEmpty()
        || seen.balancers().stream().anyMatch(one -> one.groups().contains(backend));
  }

  private static TargetGroup told(
      TargetGroup group, Function<String, Optional<Set<TargetId>>> promised) {
    return group.targets() instanceof Fact.Pledged<Set<TargetId>>(var digest)
        ? promised
            .apply(digest)
            .map(targets -> group.withTargets(new Fact.Known<>(targets)))
            .orElse(group)
        : group;
  }
}
