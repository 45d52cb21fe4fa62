// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.Balancer;
import dev.fairway.aws.model.Fact;
import dev.fairway.aws.model.Listener;
import dev.fairway.aws.model.TargetGroup;
import dev.fairway.aws.model.TargetHealth;
import dev.fairway.aws.plan.Attributes;
import dev.fairway.aws.plan.Tags;
import dev.fairway.aws.spec.ListenerProtocol;
import dev.fairway.aws.spec.TargetId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads what lists do not show: tags anew, listeners, attributes, targets.
final class Details {
  private final ElbReads elb;
  private final Tags tags;

  Details(ElbReads elb, Tags tags) {
    this.elb = elb;
    this.tags = tags;
  }

  /// Everything about what was seen under a key. What has lost its tags is no longer ours, and left
  /// out.
  AwsObserved read(AwsObserved seen, Lane lane) {
    var byArn =
        elb.tags(
            Stream.concat(
                    seen.balancers().stream().map(Balancer::arn),
                    seen.groups().stream().map(TargetGroup::arn))
                .toList(),
            lane);
    var balancers =
        seen.balancers().stream()
            .map(one -> one.withTags(byArn.getOrDefault(one.arn(), Map.of())))
            .filter(one -> isOurs(seen, one.tags()))
            .map(one -> balancer(one, lane))
            .toList();
    var groups =
        seen.groups().stream()
            .map(one -> one.withTags(byArn.getOrDefault(one.arn(), Map.of())))
            .filter(one -> isOurs(seen, one.tags()))
            .map(one -> group(one, balancers, lane))
            .toList();
    return seen.withBalancers(balancers).withGroups(groups);
  }

  /// How far AWS is with making some of the load balancers.
  AwsObserved states(AwsObserved seen, Collection<Balancer> asked, Lane lane) {
    if (asked.isEmpty()) {
      return seen;
    }
    var states = elb.states(asked.stream().map(Balancer::arn).toList(), lane);
    return seen.withBalancers(
        seen.balancers().stream()
            .map(one -> Optional.ofNullable(states.get(one.arn())).map(one::withState).orElse(one))
            .toList());
  }

  private boolean isOurs(AwsObserved seen, Map<String, String> read) {
    return tags.owner(read).filter(seen.key()::equals).isPresent();
  }

  /// A load balancer with its listeners and attributes.
  Balancer balancer(Balancer seen, Lane lane) {
    return seen.withAttributes(
            Views.attributes(Attributes.BALANCER, elb.balancerAttributes(seen.arn(), lane)))
        .with(new Fact.Known<>(listeners(seen.arn(), lane)));
  }

  /// The listeners of a load balancer with all that belongs to them.
  List<Listener> listeners(String balancerArn, Lane lane) {
    return elb.listeners(balancerArn, lane).stream()
        .map(one -> {
          var others =
              one.certificates().isEmpty()
                  ? List.<String>of()
                  : elb.otherCertificates(one.listenerArn(), lane);
          return Views.listener(
              one, others, attributes(one.listenerArn(), one.protocolAsString(), lane));
        })
        .sorted(Comparator.comparingInt(Listener::port))
        .toList();
  }

  private Fact<Map<String, String>> attributes(String arn, String protocol, Lane lane) {
    return protocol.equals(ListenerProtocol.UDP.toString())
        ? new Fact.Known<>(Map.of())
        : Views.attributes(Attributes.LISTENER, elb.listenerAttributes(arn, lane));
  }

  private TargetGroup group(TargetGroup seen, List<Balancer> balancers, Lane lane) {
    var health = elb.health(seen.arn(), lane);
    var serving =
        balancers.stream()
            .filter(balancer ->
                balancer.listeners().known().orElse(List.of()).stream()
                    .anyMatch(one -> one.targetGroup().equals(Optional.of(seen.arn()))))
            .map(Balancer::arn)
            .collect(Collectors.toSet());
    return seen.withAttributes(
            Views.attributes(Attributes.TARGET_GROUP, elb.groupAttributes(seen.arn(), lane)))
        .withBalancers(serving)
        .withHealth(health)
        .withTargets(new Fact.Known<>(registered(health)));
  }

  /// Those that are not on their way out.
  static Set<TargetId> registered(List<TargetHealth> health) {
    return health.stream()
        .filter(one -> !one.state().equals("draining"))
        .map(TargetHealth::target)
        .collect(Collectors.toSet());
  }
}
