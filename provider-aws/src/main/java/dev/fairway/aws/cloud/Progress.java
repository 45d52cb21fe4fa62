// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.plan.Tags;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what cannot be told from memory while a load balancer takes the place of another, or is
/// taken over. For all others it costs no call.
final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final ElbReads reads;
  private final Details details;
  private final Inventory inventory;

  Progress(ElbReads reads, Details details, Inventory inventory) {
    this.reads = reads;
    this.details = details;
    this.inventory = inventory;
  }

  /// Looks, and keeps what was seen. When something has gone meanwhile, the key is in doubt and
  /// everything about it is read the next time.
  ///
  /// @throws CloudException when AWS does not answer
  void follow(LoadBalancerKey key) {
    var stamp = inventory.stamp();
    try {
      inventory
          .get(key)
          .flatMap(seen -> look(seen, Lane.CHANGE))
          .ifPresent(now -> inventory.put(now, stamp));
    } catch (CloudException.Conflict _) {
      inventory.doubt(key);
    }
  }

  /// The same for all that are half taken over. One that cannot be read is read when it is observed
  /// itself.
  void followHalfTaken() {
    inventory.all().stream()
        .filter(seen -> seen.balancers().stream().anyMatch(Progress::isHalfTaken))
        .forEach(seen -> {
          try {
            follow(seen.key());
          } catch (CloudException e) {
            LOG.debug("{} was not read: {}", seen.key(), e.getMessage());
          }
        });
  }

  /// Empty when nothing has to be read.
  ///
  /// @throws CloudException when AWS does not answer
  Optional<AwsObserved> look(AwsObserved seen, Lane lane) {
    if (seen.balancers().stream().anyMatch(Progress::isHalfTaken)) {
      return Optional.of(details.read(seen, lane));
    }
    return awaited(seen).map(others -> follow(seen, others, lane));
  }

  /// One of which a process that has just started cannot know the listeners: no tag tells of them.
  static boolean isHalfTaken(Balancer balancer) {
    return balancer.tags().containsKey(Tags.ADOPTING)
        && !(balancer.listeners() instanceof Fact.Known<?>);
  }

  // Those that are in the making, or come back, beside the one that serves.
  private static Optional<List<Balancer>> awaited(AwsObserved seen) {
    var published = seen.published();
    var others =
        seen.balancers().stream().filter(one -> !published.equals(Optional.of(one))).toList();
    var waiting = published.isPresent() && !others.isEmpty();
    return waiting ? Optional.of(others) : Optional.empty();
  }

  private AwsObserved follow(AwsObserved seen, List<Balancer> others, Lane lane) {
    var arns = others.stream().map(Balancer::arn).collect(Collectors.toSet());
    return health(details.states(seen, others, lane), arns, lane);
  }

  // Of those that serve now only where the others do not yet: they need not do better.
  private AwsObserved health(AwsObserved seen, Set<String> others, Lane lane) {
    var sick = new ArrayList<Optional<String>>();
    var now = seen;
    for (var group : seen.groups()) {
      if (group.balancers().stream().anyMatch(others::contains)) {
        var read = read(group, lane);
        now = now.with(read);
        if (!read.healthy()) {
          sick.add(resource(group));
        }
      }
    }
    for (var group : seen.groups()) {
      if (group.balancers().stream().noneMatch(others::contains)
          && sick.contains(resource(group))) {
        now = now.with(read(group, lane));
      }
    }
    return now;
  }

  private static Optional<String> resource(TargetGroup group) {
    return Tags.resource(group.tags());
  }

  private TargetGroup read(TargetGroup group, Lane lane) {
    return group.withHealth(reads.health(group.arn(), lane));
  }
}
