// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Candidate;
import dev.fairway.aws.plan.AwsAction;
import dev.fairway.aws.plan.Tags;
import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Takes load balancers over that are there already, and lets go of them.
final class Adoptions {
  // Long enough to show it, or to go on with an approval; what has changed since must show.
  private static final Duration KEEP = Duration.ofSeconds(30);

  private final ElbReads reads;
  private final ElbWrites writes;
  private final Details details;
  private final Tags tags;
  private final Inventory inventory;
  private final InstantSource clock;

  Adoptions(
      ElbReads reads,
      ElbWrites writes,
      Details details,
      Tags tags,
      Inventory inventory,
      InstantSource clock) {
    this.reads = reads;
    this.writes = writes;
    this.details = details;
    this.tags = tags;
    this.inventory = inventory;
    this.clock = clock;
  }

  AwsObserved inspect(AwsAction.InspectBalancer wanted, AwsObserved seen, Lane lane) {
    return seen.with(Optional.of(candidate(wanted, lane)));
  }

  private Candidate candidate(AwsAction.InspectBalancer wanted, Lane lane) {
    var balancer =
        reads
            .balancer(wanted.name(), lane)
            .filter(one -> wanted.arn().equals(one.loadBalancerArn()))
            .orElseThrow(() ->
                new CloudException.Conflict(
                    "load balancer %s is not there any more".formatted(wanted.arn()), null));
    var groups = reads.groupsOf(wanted.arn(), lane);
    var arns =
        Stream.concat(Stream.of(wanted.arn()), groups.stream().map(group -> group.targetGroupArn()))
            .toList();
    var byArn = reads.tags(arns, lane);
    var ownTags = byArn.getOrDefault(wanted.arn(), Map.of());
    return new Candidate(
        details.balancer(Views.balancer(balancer, ownTags), lane),
        groups.stream()
            .map(one -> Views.group(one, byArn.getOrDefault(one.targetGroupArn(), Map.of())))
            .toList(),
        tags.isOfService(ownTags, wanted.services()),
        clock.instant().getEpochSecond());
  }

  /// Without what was read too long ago to decide anything by it.
  static AwsObserved fresh(AwsObserved seen) {
    return seen.with(seen.candidate().filter(one -> seen.at() - one.readAt() < KEEP.toSeconds()));
  }

  /// One call for the load balancer and up to 19 parts of it. It comes last: while it is not ours
  /// it is looked at again.
  AwsObserved takeOver(AwsAction.TakeOver wanted, AwsObserved seen, Lane lane) {
    var candidate =
        seen.candidate()
            .filter(one -> one.balancer().arn().equals(wanted.arn()))
            .orElseThrow(() -> new CloudException.Conflict("nobody has looked at it", null));
    var arns = new ArrayList<>(wanted.parts());
    arns.add(wanted.arn());
    Batches.of(arns, ElbReads.TAGS_AT_ONCE).forEach(some -> writes.tag(some, wanted.tags(), lane));
    var balancer = candidate.balancer();
    var after = seen.with(balancer.withTags(Facts.tags(balancer.tags(), wanted.tags(), List.of())));
    for (var group : candidate.groups()) {
      if (wanted.parts().contains(group.arn())) {
        after = after.with(group.withTags(Facts.tags(group.tags(), wanted.tags(), List.of())));
      }
    }
    return after;
  }

  AwsObserved release(String name, List<String> keys, AwsObserved seen, Lane lane) {
    var there = seen.balancer(name);
    if (there.isEmpty()) {
      return seen;
    }
    Existing.orGone(() -> writes.untag(there.get().arn(), keys, lane));
    inventory.forgetTags(there.get().arn());
    return Seen.without(seen, there.get());
  }
}
