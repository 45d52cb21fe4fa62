// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.model.IngressRule;
import dev.fairway.aws.model.PortBlock;
import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.aws.model.Surroundings;
import dev.fairway.aws.plan.NodePorts;
import dev.fairway.aws.spec.TargetId;
import dev.fairway.aws.spec.TargetType;
import dev.fairway.cloud.error.CloudException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// What all load balancers of the cluster share: the group by which nodes know them, and the rules
/// of the nodes for it. One change at a time.
final class Access {
  private static final String ABOUT = "node ports for load balancers of this cluster";

  private final Ec2Calls ec2;
  private final NodeGroups nodes;
  private final Inventory inventory;
  private final boolean ownBackend;

  /// @param ownBackend whether the shared group is made and deleted by us
  Access(Ec2Calls ec2, NodeGroups nodes, Inventory inventory, boolean ownBackend) {
    this.ec2 = ec2;
    this.nodes = nodes;
    this.inventory = inventory;
    this.ownBackend = ownBackend;
  }

  synchronized void createBackend(String name, Map<String, String> tags, Lane lane) {
    var around = inventory.around();
    if (around.backendGroup().isPresent()) {
      return;
    }
    var group =
        Existing.orMade(
            () ->
                new SecurityGroup(
                    ec2.createGroup(
                        around.vpcId(), name, "load balancers of this cluster", tags, lane),
                    name,
                    tags,
                    Set.of()),
            () -> ec2.group(around.vpcId(), name, lane),
            "security group " + name);
    inventory.around(now -> with(now, group, Optional.of(group.id())));
  }

  /// Opens these ports of the nodes, where they are not open yet.
  ///
  /// @param instances by which the groups of the nodes can be found
  synchronized void open(Collection<PortBlock> blocks, List<String> instances, Lane lane) {
    if (inventory.around().nodeGroups().isEmpty()) {
      find(instances, lane);
    }
    var around = inventory.around();
    if (around.nodeGroups().isEmpty()) {
      throw new CloudException.Rejected(
          "settings.nodeSecurityGroups",
          "none of the nodes (%s, ...) is an instance with a security group in %s"
              .formatted(instances.stream().findFirst().orElse("none"), around.vpcId()),
          "set it to the ids of the security groups of the nodes, such as sg-0a1b2c3d",
          null);
    }
    for (var group : around.nodeGroups()) {
      openIn(group, around.closed(group, blocks), lane);
    }
  }

  private void find(Collection<String> instances, Lane lane) {
    nodes.look(instances, lane);
    inventory.around(now -> now.withNodeGroups(nodes.known(now.groups(), now.backendGroup())));
  }

  private void openIn(String group, List<PortBlock> closed, Lane lane) {
    var backend = inventory.around().backendGroup();
    if (closed.isEmpty() || backend.isEmpty()) {
      return;
    }
    var rules = closed.stream().map(block -> block.rule(backend.get())).toList();
    Existing.allowed(
        () -> ec2.allow(group, rules, ABOUT, lane),
        rules.size(),
        () ->
            rules.forEach(rule ->
                Existing.allowed(() -> ec2.allow(group, List.of(rule), ABOUT, lane), 1, () -> {})));
    change(
        group,
        ingress -> {
          var more = new HashSet<>(ingress);
          more.addAll(rules);
          return more;
        });
  }

  /// Closes what no load balancer needs, opens what somebody closed, and deletes the shared group
  /// when nothing is left that could have it.
  synchronized void tidy(Lane lane) {
    var all = inventory.all();
    find(instances(all), lane);
    var around = inventory.around();
    var backend = around.backendGroup();
    if (backend.isEmpty()) {
      return;
    }
    var needed = needed(all, backend.get());
    for (var group : around.nodeGroups()) {
      openIn(group, around.closed(group, needed), lane);
      closeIn(group, needed, backend.get(), lane);
    }
    if (all.isEmpty() && ownBackend) {
      ec2.deleteGroup(backend.get(), lane);
      inventory.around(now -> without(now, backend.get()));
    }
  }

  private void closeIn(String group, Set<PortBlock> needed, String backend, Lane lane) {
    var tooMuch =
        Optional.ofNullable(inventory.around().groups().get(group)).stream()
            .flatMap(one -> one.ingress().stream())
            .filter(
                rule -> rule.source() instanceof IngressRule.Group(var id) && id.equals(backend))
            .filter(rule -> needed.stream().noneMatch(block -> block.rule(backend).equals(rule)))
            .sorted()
            .toList();
    if (!tooMuch.isEmpty()) {
      Existing.denied(() -> ec2.deny(group, tooMuch, lane));
      change(
          group,
          ingress -> {
            var less = new HashSet<>(ingress);
            less.removeAll(Set.copyOf(tooMuch));
            return less;
          });
    }
  }

  private static List<String> instances(List<AwsObserved> all) {
    return all.stream()
        .flatMap(seen -> seen.groups().stream())
        .filter(group -> group.type() == TargetType.INSTANCE)
        .flatMap(group -> group.targets().known().orElse(Set.of()).stream())
        .map(TargetId::id)
        .distinct()
        .toList();
  }

  private static Set<PortBlock> needed(List<AwsObserved> all, String backend) {
    var needed = new TreeSet<PortBlock>();
    for (var seen : all) {
      var without =
          !seen.balancers().isEmpty()
              && seen.balancers().stream().noneMatch(one -> one.groups().contains(backend));
      if (!without) {
        seen.groups().stream().forEach(group -> needed.addAll(NodePorts.of(group)));
      }
    }
    return needed;
  }

  private void change(String group, UnaryOperator<Set<IngressRule>> change) {
    inventory.around(now ->
        Optional.ofNullable(now.groups().get(group))
            .map(one -> with(now, one.withIngress(change.apply(one.ingress())), now.backendGroup()))
            .orElse(now));
  }

  private static Surroundings with(
      Surroundings now, SecurityGroup group, Optional<String> backend) {
    var groups = new HashMap<>(now.groups());
    groups.put(group.id(), group);
    return now.withGroups(groups, backend);
  }

  private static Surroundings without(Surroundings now, String backend) {
    var groups = new HashMap<>(now.groups());
    groups.remove(backend);
    return now.withGroups(groups, Optional.empty());
  }
}
