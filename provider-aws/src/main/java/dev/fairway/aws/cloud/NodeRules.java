// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.IngressRule;
import dev.fairway.aws.model.PortBlock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Adds and removes rules of the groups of the nodes, and notes that they did. Not thread-safe.
final class NodeRules {
  private static final String ABOUT = "node ports for load balancers of this cluster";

  private final SecurityGroups securityGroups;
  private final Inventory inventory;

  NodeRules(SecurityGroups securityGroups, Inventory inventory) {
    this.securityGroups = securityGroups;
    this.inventory = inventory;
  }

  /// Opens those of the blocks that are closed.
  void open(String group, Collection<PortBlock> blocks, Lane lane) {
    var around = inventory.around();
    var closed = around.closed(group, blocks);
    var backend = around.backendGroup();
    if (closed.isEmpty() || backend.isEmpty()) {
      return;
    }
    var rules = closed.stream().map(block -> block.rule(backend.get())).toList();
    securityGroups.allow(group, rules, ABOUT, lane);
    more(group, rules);
  }

  // Who plans while they are being closed shall plan to open them, and then waits for his turn. A
  // list that was read meanwhile may have brought them back.
  void close(String group, List<IngressRule> rules, Lane lane) {
    less(group, rules);
    try {
      securityGroups.deny(group, rules, lane);
    } catch (RuntimeException e) {
      more(group, rules);
      throw e;
    }
    less(group, rules);
  }

  private void more(String group, List<IngressRule> rules) {
    change(
        group,
        ingress -> {
          var more = new HashSet<>(ingress);
          more.addAll(rules);
          return more;
        });
  }

  private void less(String group, List<IngressRule> rules) {
    change(
        group,
        ingress -> {
          var less = new HashSet<>(ingress);
          less.removeAll(Set.copyOf(rules));
          return less;
        });
  }

  private void change(String group, UnaryOperator<Set<IngressRule>> change) {
    inventory.around(now -> {
      var groups = new HashMap<>(now.groups());
      groups.computeIfPresent(group, (_, one) -> one.withIngress(change.apply(one.ingress())));
      return now.withGroups(groups, now.backendGroup());
    });
  }
}
