// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.plan;

import dev.fairway.aws.model.IngressRule;
import dev.fairway.aws.model.PortBlock;
import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.aws.model.Sorted;
import dev.fairway.aws.plan.AwsAction.AllowClients;
import dev.fairway.aws.plan.AwsAction.CreateBackendGroup;
import dev.fairway.aws.plan.AwsAction.CreateFrontGroup;
import dev.fairway.aws.plan.AwsAction.DeleteFrontGroup;
import dev.fairway.aws.plan.AwsAction.DenyClients;
import dev.fairway.aws.plan.AwsAction.OpenNodePorts;
import dev.fairway.aws.spec.GroupsWish;
import dev.fairway.aws.spec.InstanceId;
import dev.fairway.aws.spec.ListenerSpec;
import dev.fairway.aws.spec.TargetType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The steps that let clients reach the load balancer, and the load balancer reach the nodes.
final class AccessSteps {
  private static final int LAST_PORT = 65_535;

  private AccessSteps() {}

  static List<AwsAction> bring(Goal goal) {
    var steps = new ArrayList<AwsAction>();
    if (goal.groups().isEmpty()) {
      return steps;
    }
    var groups = goal.groups().get();
    if (groups.backend() && goal.seen().around().backendGroup().isEmpty()) {
      steps.add(new CreateBackendGroup(goal.setup().names().backendGroup(), goal.backendTags()));
    }
    if (!groups.front().isEmpty()) {
      front(goal, groups.front(), steps);
    }
    if (groups.backend()) {
      nodes(goal, steps);
    }
    return steps;
  }

  /// Groups that this load balancer has no more use for.
  static List<AwsAction> remove(Goal goal) {
    var wanted = goal.groups().map(GroupSet::front).orElse("");
    return goal.groups().isEmpty()
        ? List.of()
        : goal.seen().frontGroups().stream()
            .filter(group -> !group.name().equals(wanted))
            .<AwsAction>map(group -> new DeleteFrontGroup(group.name()))
            .toList();
  }

  // Never is anything open that nobody asks for or asked for, and never is anybody shut out who may
  // stay: rules that only say the same otherwise come before what they take the place of goes.
  private static void front(Goal goal, String name, List<AwsAction> steps) {
    var wanted = clientRules(goal);
    var there = goal.seen().frontGroup(name);
    if (there.isEmpty()) {
      steps.add(new CreateFrontGroup(name, goal.frontTags()));
    }
    var allowed = there.map(SecurityGroup::ingress).orElse(Set.of());
    var missing = Sorted.minus(wanted, allowed);
    var tooMuch = Sorted.minus(allowed, wanted);
    allow(name, missing.stream().filter(rule -> covered(rule, allowed)).toList(), steps);
    deny(name, tooMuch.stream().filter(rule -> !covered(rule, wanted)).toList(), steps);
    allow(name, missing.stream().filter(rule -> !covered(rule, allowed)).toList(), steps);
    deny(name, tooMuch.stream().filter(rule -> covered(rule, wanted)).toList(), steps);
  }

  private static void allow(String name, List<IngressRule> rules, List<AwsAction> steps) {
    if (!rules.isEmpty()) {
      steps.add(new AllowClients(name, rules));
    }
  }

  private static void deny(String name, List<IngressRule> rules, List<AwsAction> steps) {
    if (!rules.isEmpty()) {
      steps.add(new DenyClients(name, rules));
    }
  }

  private static boolean covered(IngressRule rule, Set<IngressRule> by) {
    return by.stream()
        .anyMatch(other ->
            other.protocol().equals(rule.protocol())
                && other.source().equals(rule.source())
                && other.fromPort() <= rule.fromPort()
                && other.toPort() >= rule.toPort());
  }

  private static void nodes(Goal goal, List<AwsAction> steps) {
    var blocks = new TreeSet<PortBlock>();
    var instances = new TreeSet<String>();
    for (var listener : goal.spec().listeners()) {
      var group = listener.group();
      blocks.addAll(NodePorts.of(group));
      if (listener.group().type() == TargetType.INSTANCE) {
        listener.group().targets().forEach(target -> instances.add(target.id()));
      }
    }
    // With pods as targets the nodes are of no other use; their groups are those of the pods.
    if (instances.isEmpty()) {
      goal.desired().backends().targets().stream()
          .flatMap(node -> InstanceId.of(node).stream())
          .forEach(instances::add);
    }
    var around = goal.seen().around();
    if (!blocks.isEmpty()
        && !around.isOpen(blocks)
        && (!instances.isEmpty() || !around.nodeGroups().isEmpty())) {
      steps.add(new OpenNodePorts(List.copyOf(blocks), List.copyOf(instances)));
    }
  }

  static Set<IngressRule> clientRules(Goal goal) {
    var rules = new TreeSet<IngressRule>();
    for (var transport : List.of("tcp", "udp")) {
      rules.addAll(clientRules(goal, transport));
    }
    if (goal.spec().groups() instanceof GroupsWish.Managed managed && managed.icmp()) {
      goal.spec().listeners().stream()
          .flatMap(listener -> sources(listener).stream())
          .map(AccessSteps::pathMtu)
          .forEach(rules::add);
    }
    return rules;
  }

  // Clients reach listeners only, so a rule for all ports opens no more than a rule for each; it
  // needs no call when a port is added, and fifty listeners fit into the sixty rules of a group.
  private static Set<IngressRule> clientRules(Goal goal, String transport) {
    var listeners =
        goal.spec().listeners().stream()
            .filter(listener -> NodePorts.transports(listener.protocol()).contains(transport))
            .toList();
    var alike = listeners.stream().map(AccessSteps::sources).distinct().count() <= 1;
    var rules = new TreeSet<IngressRule>();
    for (var listener : listeners) {
      var all = alike && goal.setup().clientRules() == ClientRules.ALL_PORTS;
      for (var source : sources(listener)) {
        rules.add(
            all
                ? new IngressRule(transport, 0, LAST_PORT, source)
                : new IngressRule(transport, listener.port(), listener.port(), source));
      }
    }
    return rules;
  }

  private static List<IngressRule.Source> sources(ListenerSpec listener) {
    var sources = new ArrayList<IngressRule.Source>();
    listener.sources().forEach(cidr -> sources.add(new IngressRule.Cidr(cidr)));
    listener.prefixLists().forEach(list -> sources.add(new IngressRule.PrefixList(list)));
    return sources;
  }

  // Fragmentation needed (RFC 1191), packet too big (RFC 8201).
  private static IngressRule pathMtu(IngressRule.Source source) {
    return source instanceof IngressRule.Cidr(var cidr) && cidr.contains(":")
        ? new IngressRule("icmpv6", 2, 0, source)
        : new IngressRule("icmp", 3, 4, source);
  }
}
