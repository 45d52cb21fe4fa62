// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.openstack.model.Abilities;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.NodeAccess;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.plan.OpenStackAction.AdmitTraffic;
import dev.fairway.openstack.plan.OpenStackAction.DenyTraffic;
import dev.fairway.openstack.plan.OpenStackAction.WithdrawAccess;
import dev.fairway.openstack.spec.AccessRule;
import dev.fairway.openstack.spec.ListenerSpec.MemberSpec;
import dev.fairway.openstack.spec.SpecReading;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The steps for what nodes let in, where their security group is ours.
///
/// A rule for one node port has the mark of its Service, and goes when that no longer wants it. A
/// rule that all share stays while there is any load balancer.
record AccessSteps(SpecReading reading, OpenStackObserved seen) {
  private NodeAccess access() {
    return seen.around().access();
  }

  /// What is too wide is closed first.
  Steps closing() {
    return deny(stale().filter(this::tooWide).toList(), true);
  }

  /// Nodes let traffic in before there is a load balancer that sends it.
  Steps opening() {
    var wanted = reading.access();
    var nodes = members(MemberSpec::address);
    return wanted.isEmpty() || access().covers(seen.key(), wanted, nodes)
        ? Steps.NONE
        : Steps.of(new AdmitTraffic(wanted, nodes, members(member -> member.subnet().orElse(""))));
  }

  /// What the load balancer used until now goes when it uses something else, and not before.
  Steps after(Steps before) {
    var gone = before.actions().stream().flatMap(AccessSteps::deleted).toList();
    var used =
        seen.balancers().stream().anyMatch(one -> !gone.contains(one.id()) && ofOtherKind(one))
            ? nodePorts()
            : Set.<Integer>of();
    return deny(
        stale().filter(rule -> !tooWide(rule) && !used.contains(rule.fromPort())).toList(), false);
  }

  private static Stream<String> deleted(OpenStackAction action) {
    return action instanceof OpenStackAction.DeleteBalancer gone
        ? Stream.of(gone.balancer())
        : Stream.empty();
  }

  // With ovn nodes see the clients' own addresses, with others those of the load balancer. So what
  // is wanted now is of no use to it.
  private boolean ofOtherKind(Balancer one) {
    return one.owned()
        && !one.goingAway()
        && reading.specs().stream()
            .filter(spec -> spec.half() == one.half())
            .anyMatch(spec ->
                Abilities.isOvn(spec.frame().provider()) != Abilities.isOvn(one.provider()));
  }

  private Set<Integer> nodePorts() {
    return wantedMembers().map(MemberSpec::port).collect(Collectors.toSet());
  }

  private Stream<AccessRule> stale() {
    return reading.access().isEmpty()
        ? Stream.empty()
        : access().of(seen.key()).stream().filter(rule -> !reading.access().contains(rule));
  }

  // Other clients than those that are wanted come in at a port that is still in use.
  private boolean tooWide(AccessRule rule) {
    return reading.access().stream().anyMatch(rule::samePorts)
        && reading.access().stream().noneMatch(wanted -> wanted.includes(rule));
  }

  private List<String> members(Function<MemberSpec, String> what) {
    return wantedMembers().map(what).filter(text -> !text.isEmpty()).distinct().sorted().toList();
  }

  private Stream<MemberSpec> wantedMembers() {
    return reading.specs().stream()
        .flatMap(spec -> spec.listeners().stream())
        .flatMap(listener -> listener.pool().members().stream());
  }

  private static Steps deny(List<AccessRule> rules, boolean atOnce) {
    return rules.isEmpty() ? Steps.NONE : Steps.of(new DenyTraffic(rules, atOnce));
  }

  /// When a load balancer goes, or has gone.
  static Steps gone(OpenStackObserved seen) {
    if (seen.balancers().stream().anyMatch(one -> one.pending() && !one.goingAway())) {
      return Steps.NONE; // it is not deleted yet
    }
    var access = seen.around().access();
    return access.group().isPresent() && access.usedOnlyBy(seen.key())
        ? Steps.of(new WithdrawAccess(access.group().get()))
        : deny(access.of(seen.key()), true);
  }
}
