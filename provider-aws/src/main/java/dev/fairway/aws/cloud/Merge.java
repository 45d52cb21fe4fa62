// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.Listener;
import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.aws.model.TargetGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Puts together what lists show now and what is known from before that lists do not show.
final class Merge {
  private Merge() {}

  /// @param young ids of what was made so lately that a list may lack it, or lack what was done to
  ///   it
  static AwsObserved carryOver(AwsObserved before, AwsObserved now, Set<String> young) {
    var groups =
        merged(
            before.groups(),
            now.groups(),
            TargetGroup::arn,
            young,
            (old, seen) -> group(old, seen, young.contains(seen.arn())));
    var balancers =
        merged(
            before.balancers(),
            now.balancers(),
            Balancer::arn,
            young,
            (old, seen) -> balancer(old, seen, groups));
    var fronts =
        merged(
            before.frontGroups(), now.frontGroups(), SecurityGroup::id, young, (_, seen) -> seen);
    return new AwsObserved(now.key(), balancers, groups, fronts, now.around());
  }

  private static TargetGroup group(TargetGroup before, TargetGroup now, boolean young) {
    var balancers = new HashSet<>(now.balancers());
    if (young) {
      balancers.addAll(before.balancers());
    }
    return now.withBalancers(balancers)
        .withHealth(before.health())
        .withTargets(better(before.targets(), now.targets()))
        .withAttributes(better(before.attributes(), now.attributes()));
  }

  private static Balancer balancer(Balancer before, Balancer now, List<TargetGroup> groups) {
    return now.withAttributes(better(before.attributes(), now.attributes()))
        .with(
            before.listeners() instanceof Fact.Known<List<Listener>>(var known)
                ? new Fact.Known<>(known.stream().filter(one -> isThere(one, now, groups)).toList())
                : now.listeners());
  }

  // A target group that belongs to no load balancer any more has lost its listener.
  private static boolean isThere(Listener listener, Balancer balancer, List<TargetGroup> groups) {
    return groups.stream()
        .filter(group -> listener.targetGroup().filter(group.arn()::equals).isPresent())
        .allMatch(group -> group.balancers().contains(balancer.arn()));
  }

  private static <T> Fact<T> better(Fact<T> before, Fact<T> now) {
    return before.known().isPresent() ? before : now;
  }

  private interface Update<T> {
    T of(T before, T now);
  }

  private static <T> List<T> merged(
      List<T> before, List<T> now, Function<T, String> id, Set<String> young, Update<T> update) {
    var result = new ArrayList<T>();
    for (var seen : now) {
      result.add(find(before, id, id.apply(seen)).map(old -> update.of(old, seen)).orElse(seen));
    }
    before.stream()
        .filter(old -> young.contains(id.apply(old)))
        .filter(old -> find(now, id, id.apply(old)).isEmpty())
        .forEach(result::add);
    return result;
  }

  private static <T> Optional<T> find(List<T> all, Function<T, String> id, String wanted) {
    return all.stream().filter(one -> id.apply(one).equals(wanted)).findFirst();
  }
}
