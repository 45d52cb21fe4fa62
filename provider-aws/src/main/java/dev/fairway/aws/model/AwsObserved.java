// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.model;

import dev.fairway.cloud.Detail;
import dev.fairway.cloud.Observed;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that the cluster owns at AWS under one key, and the surroundings it was seen in.
///
/// Two are equal when what is owned is equal: the surroundings belong to all load balancers, and
/// how far AWS is with making one, how its targets feel, and what could be taken over, is news of a
/// moment.
///
/// @param balancers ordered by age, youngest first; more than one only while one replaces another
/// @param groups target groups, ordered by name
/// @param frontGroups security groups of its own, ordered by name
/// @param candidate a load balancer to take over, if it was looked at
/// @param at when this was seen, in seconds since 1970; 0 when nothing depends on it
public record AwsObserved(
    LoadBalancerKey key,
    List<Balancer> balancers,
    List<TargetGroup> groups,
    List<SecurityGroup> frontGroups,
    Surroundings around,
    Optional<Candidate> candidate,
    long at)
    implements Observed {
  public AwsObserved {
    balancers =
        balancers.stream()
            .sorted(
                Comparator.comparingLong(Balancer::created)
                    .reversed()
                    .thenComparing(Balancer::name))
            .toList();
    groups = groups.stream().sorted(Comparator.comparing(TargetGroup::name)).toList();
    frontGroups = frontGroups.stream().sorted(Comparator.comparing(SecurityGroup::name)).toList();
  }

  /// Seen at no time in particular, without a candidate.
  public AwsObserved(
      LoadBalancerKey key,
      List<Balancer> balancers,
      List<TargetGroup> groups,
      List<SecurityGroup> frontGroups,
      Surroundings around) {
    this(key, balancers, groups, frontGroups, around, Optional.empty(), 0);
  }

  /// Nothing there.
  public static AwsObserved nothing(LoadBalancerKey key, Surroundings around) {
    return new AwsObserved(key, List.of(), List.of(), List.of(), around);
  }

  @Override
  public boolean exists() {
    return !balancers.isEmpty() || !groups.isEmpty() || !frontGroups.isEmpty();
  }

  @Override
  public List<Ingress> ingress() {
    return published()
        .or(() -> candidate.filter(Candidate::ofService).map(Candidate::balancer))
        .<Ingress>map(one -> new Ingress.Hostname(one.dnsName()))
        .stream()
        .toList();
  }

  /// The load balancer that clients should use. While one replaces another it is the elder, until
  /// that one has retired.
  public Optional<Balancer> published() {
    var serving = balancers.stream().filter(this::hasListener).toList();
    return serving.reversed().stream()
        .filter(one -> one.retiredAt().isEmpty())
        .findFirst()
        .or(() -> serving.stream().max(Comparator.comparingLong(one -> one.retiredAt().orElse(0))));
  }

  private boolean hasListener(Balancer balancer) {
    return balancer
        .listeners()
        .known()
        .map(listeners -> !listeners.isEmpty())
        .orElseGet(
            () -> groups.stream().anyMatch(group -> group.balancers().contains(balancer.arn())));
  }

  @Override
  public List<Detail> details() {
    return AwsDetails.of(this);
  }

  public Optional<Balancer> balancer(String name) {
    return balancers.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  public Optional<TargetGroup> group(String name) {
    return groups.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  public Optional<SecurityGroup> frontGroup(String name) {
    return frontGroups.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  public AwsObserved with(Balancer now) {
    return withBalancers(
        Stream.concat(
                balancers.stream().filter(one -> !one.name().equals(now.name())), Stream.of(now))
            .toList());
  }

  public AwsObserved with(TargetGroup now) {
    return withGroups(
        Stream.concat(groups.stream().filter(one -> !one.name().equals(now.name())), Stream.of(now))
            .toList());
  }

  public AwsObserved with(SecurityGroup now) {
    return withFrontGroups(
        Stream.concat(
                frontGroups.stream().filter(one -> !one.name().equals(now.name())), Stream.of(now))
            .toList());
  }

  public AwsObserved withBalancers(List<Balancer> now) {
    return new AwsObserved(key, now, groups, frontGroups, around, candidate, at);
  }

  public AwsObserved withGroups(List<TargetGroup> now) {
    return new AwsObserved(key, balancers, now, frontGroups, around, candidate, at);
  }

  public AwsObserved withFrontGroups(List<SecurityGroup> now) {
    return new AwsObserved(key, balancers, groups, now, around, candidate, at);
  }

  public AwsObserved within(Surroundings now) {
    return new AwsObserved(key, balancers, groups, frontGroups, now, candidate, at);
  }

  public AwsObserved with(Optional<Candidate> now) {
    return new AwsObserved(key, balancers, groups, frontGroups, around, now, at);
  }

  /// The same, as it is at a later moment.
  ///
  /// @param now seconds since 1970
  public AwsObserved at(long now) {
    return new AwsObserved(key, balancers, groups, frontGroups, around, candidate, now);
  }

  private Object owned() {
    return List.of(
        key,
        balancers.stream().map(one -> one.withState("")).toList(),
        groups.stream().map(TargetGroup::withoutNews).toList(),
        frontGroups);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AwsObserved that && owned().equals(that.owned());
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, balancers.size(), groups.size());
  }
}
