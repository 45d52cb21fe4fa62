// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.IngressRule;
import dev.fairway.aws.model.PortBlock;
import dev.fairway.aws.model.SecurityGroup;
import dev.fairway.aws.model.Surroundings;
import dev.fairway.cloud.error.CloudException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// What all load balancers of the cluster share: the group by which nodes know them, and the rules
/// of the nodes for it. One change at a time, and nobody waits for more than the one before.
final class Access {
  private final SecurityGroups securityGroups;
  private final NodeGroups nodes;
  private final Inventory inventory;
  private final NodeRules rules;
  private final boolean ownBackend;
  private final ReentrantLock turn = new ReentrantLock(true);

  /// @param ownBackend whether the shared group is made and deleted by us; otherwise its rules may
  ///   be those of others, and none is ever taken away
  Access(SecurityGroups securityGroups, NodeGroups nodes, Inventory inventory, boolean ownBackend) {
    this.securityGroups = securityGroups;
    this.nodes = nodes;
    this.inventory = inventory;
    this.rules = new NodeRules(securityGroups, inventory);
    this.ownBackend = ownBackend;
  }

  void createBackend(String name, Map<String, String> tags, Lane lane) {
    alone(() -> createIfNone(name, tags, lane));
  }

  private void createIfNone(String name, Map<String, String> tags, Lane lane) {
    var around = inventory.around();
    if (around.backendGroup().isPresent()) {
      return;
    }
    var ours =
        securityGroups.make(around.vpcId(), name, "load balancers of this cluster", tags, lane);
    inventory.around(now -> with(now, ours, Optional.of(ours.id())));
  }

  /// Opens these ports of the nodes, where they are not open yet.
  ///
  /// @param instances by which the groups of the nodes can be found
  void open(Collection<PortBlock> blocks, List<String> instances, Lane lane) {
    alone(() -> openAll(blocks, instances, lane));
  }

  private void openAll(Collection<PortBlock> blocks, List<String> instances, Lane lane) {
    if (inventory.around().nodeGroups().isEmpty()) {
      find(instances, lane);
    }
    var around = inventory.around();
    if (around.nodeGroups().isEmpty()) {
      throw new CloudException.Rejected(
          "settings.nodeSecurityGroups",
          "none of the nodes (%s, ...) is an instance in %s with one group or one of the cluster"
              .formatted(instances.stream().findFirst().orElse("none"), around.vpcId()),
          "set it to the ids of the security groups of the nodes, such as sg-0a1b2c3d",
          null);
    }
    for (var group : around.nodeGroups()) {
      rules.open(group, blocks, lane);
    }
  }

  private void find(Collection<String> instances, Lane lane) {
    nodes.look(instances, lane);
    inventory.around(now -> now.withNodeGroups(nodes.known(now.groups(), now.backendGroup())));
  }

  /// Closes what no load balancer needs, opens what somebody closed, and deletes the shared group
  /// when nothing is left that could have it. What is needed is looked at right before each change:
  /// load balancers are made meanwhile.
  ///
  /// @param mayWrite asked before each change
  void tidy(Lane lane, BooleanSupplier mayWrite) {
    nodes.forgetGone();
    find(demand("").instances(), lane);
    for (var group : inventory.around().nodeGroups()) {
      change(mayWrite, backend -> rules.open(group, demand(backend).blocks(), lane));
      if (ownBackend) {
        change(mayWrite, backend -> closeIn(group, backend, lane));
      }
    }
    if (ownBackend) {
      change(mayWrite, backend -> deleteUnused(backend, lane));
    }
  }

  private void change(BooleanSupplier mayWrite, Consumer<String> change) {
    alone(() -> {
      if (mayWrite.getAsBoolean()) {
        inventory.around().backendGroup().ifPresent(change);
      }
    });
  }

  private void alone(Runnable change) {
    turn.lock();
    try {
      change.run();
    } finally {
      turn.unlock();
    }
  }

  private Demand demand(String backend) {
    return Demand.of(inventory.all(), backend, inventory::promised);
  }

  private void closeIn(String group, String backend, Lane lane) {
    var demand = demand(backend);
    if (!demand.complete()) {
      return;
    }
    var needed = demand.blocks().stream().map(block -> block.rule(backend)).toList();
    var tooMuch =
        Optional.ofNullable(inventory.around().groups().get(group)).stream()
            .flatMap(one -> one.ingress().stream())
            .filter(
                rule -> rule.source() instanceof IngressRule.Group(var id) && id.equals(backend))
            .filter(rule -> !needed.contains(rule))
            .sorted()
            .toList();
    if (!tooMuch.isEmpty()) {
      rules.close(group, tooMuch, lane);
    }
  }

  private void deleteUnused(String backend, Lane lane) {
    if (!inventory.isEmpty()) {
      return;
    }
    var group = Optional.ofNullable(inventory.around().groups().get(backend));
    inventory.around(now -> without(now, backend));
    try {
      securityGroups.delete(backend, lane);
    } catch (RuntimeException e) {
      group.ifPresent(one -> inventory.around(now -> with(now, one, Optional.of(backend))));
      throw e;
    }
    inventory.around(now -> without(now, backend));
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
