// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.cloud.SecurityGroups.Group;
import dev.fairway.openstack.cloud.SecurityGroups.Rule;
import dev.fairway.openstack.cloud.connect.CallFailed;
import dev.fairway.openstack.cloud.connect.Lane;
import dev.fairway.openstack.model.NodeAccess;
import dev.fairway.openstack.model.NodeAccess.Grant;
import dev.fairway.openstack.plan.OpenStackAction.AdmitTraffic;
import dev.fairway.openstack.plan.OpenStackAction.DenyTraffic;
import dev.fairway.openstack.spec.AccessRule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the traffic of load balancers in at the nodes, by one security group of the cluster. One
/// change at a time: what many load balancers want at once is done by the first of them.
final class NodeSecurity {
  private static final Logger LOG = LoggerFactory.getLogger(NodeSecurity.class);
  private static final Duration AGAIN_AFTER = Duration.ofHours(1);
  private static final Duration DENIED_FOR = Duration.ofMinutes(10);

  private final SecurityGroups groups;
  private final NodePorts ports;
  private final Inventory inventory;
  private final InstantSource clock;
  private final boolean managed;
  private final Promises promises;
  private final ReentrantLock turn = new ReentrantLock(true);

  // All below only by whose turn it is, but for the time.
  private @Nullable Group group;
  private final Holders holders = new Holders();
  private volatile Instant readAgainAt = Instant.EPOCH;
  private boolean known;

  /// @param managed whether security groups are ours; nothing is ever called where they are not
  NodeSecurity(
      SecurityGroups groups,
      NodePorts ports,
      Inventory inventory,
      InstantSource clock,
      boolean managed) {
    this.groups = groups;
    this.ports = ports;
    this.inventory = inventory;
    this.clock = clock;
    this.managed = managed;
    this.promises = new Promises(inventory, clock);
  }

  /// What is there, at first and now and then. Who may not see it is told when he has to change it.
  void look(Lane lane) {
    if (managed && !readAgainAt.isAfter(clock.instant())) {
      alone(() -> {
        if (readAgainAt.isAfter(clock.instant())) {
          return;
        }
        try {
          read(lane);
        } catch (CloudException.Denied e) {
          readAgainAt = clock.instant().plus(DENIED_FOR);
          LOG.debug("cannot see security groups: {}", e.getMessage());
        }
      });
    }
  }

  private void read(Lane lane) {
    group = groups.find(lane).orElse(null);
    holders.forgetPorts();
    if (group != null) {
      ports.with(group.id(), lane).forEach(holders::holds);
    }
    known = true;
    readAgainAt = clock.instant().plus(AGAIN_AFTER);
  }

  void admit(AdmitTraffic wanted, LoadBalancerKey key) {
    alone(() -> {
      promises.give(key);
      if (!known) {
        read(Lane.CHANGE);
      }
      grant(wanted.rules(), key);
      attach(wanted);
    });
  }

  private void grant(List<AccessRule> rules, LoadBalancerKey key) {
    var there = access();
    var missing = rules.stream().filter(rule -> !there.admits(key, rule)).toList();
    if (group == null) {
      group = groups.create();
    }
    // Neutron lets a new group send anything, but what nodes may send is not ours to widen.
    group.outward().forEach(rule -> remove(rule, Lane.CHANGE));
    if (!missing.isEmpty()) {
      // The port was another's, and a rule's mark cannot be changed.
      remove(rule -> missing.contains(rule.grant().rule()), Lane.CHANGE);
      var now = group();
      group =
          now.with(
              groups.add(now.id(), missing.stream().map(rule -> Grant.of(rule, key)).toList()));
    }
  }

  private void attach(AdmitTraffic wanted) {
    var covered = access().nodes();
    var missing = wanted.nodes().stream().filter(node -> !covered.contains(node)).toList();
    if (missing.isEmpty()) {
      return;
    }
    var all = ports.all(Lane.CHANGE);
    var subnets = wanted.subnets().stream().flatMap(id -> inventory.subnet(id).stream()).toList();
    for (var node : missing) {
      attach(node, NodePorts.of(node, all, subnets));
    }
  }

  private void attach(String node, List<NodePorts.Port> found) {
    for (var port : found) {
      ports.add(port, group().id(), Lane.CHANGE);
      holders.holds(port);
    }
    if (found.isEmpty()) {
      LOG.info("no port that has a filter has address {}: nothing is let in there", node);
      holders.isOutside(node);
    }
    holders.isBack(node);
  }

  private Group group() {
    if (group == null) {
      throw new IllegalStateException("there is no security group");
    }
    return group;
  }

  void deny(DenyTraffic unwanted, LoadBalancerKey key) {
    alone(() ->
        remove(
            rule -> rule.grant().belongsTo(key) && unwanted.rules().contains(rule.grant().rule()),
            Lane.CHANGE));
  }

  private void remove(Predicate<Rule> unwanted, Lane lane) {
    if (group != null) {
      group.rules().stream().filter(unwanted).forEach(rule -> remove(rule.id(), lane));
    }
  }

  private void remove(String rule, Lane lane) {
    groups.remove(rule, lane);
    group = group().without(rule);
  }

  /// Takes the group away from all nodes and deletes it, unless others than this one need it.
  void withdraw(LoadBalancerKey last) {
    alone(() -> {
      var others = inventory.keys();
      others.remove(last);
      promises.takeBack(last);
      if (others.isEmpty()) {
        if (promises.any()) {
          throw new CloudException.NotReady(
              "another load balancer is about to be made", Duration.ofSeconds(5));
        }
        withdraw(Lane.CHANGE);
      }
    });
  }

  private void withdraw(Lane lane) {
    if (group != null) {
      detach(lane, _ -> true);
      groups.delete(group.id(), lane);
      group = null;
      holders.forgetNodes();
    }
  }

  private void detach(Lane lane, Predicate<NodePorts.Port> which) {
    var id = group().id();
    for (var port : ports.with(id, lane)) {
      if (which.test(port)) {
        ports.remove(port, id, lane);
        holders.holdsNoMore(port);
      }
    }
  }

  /// Something was made or changed for this one.
  void keep(LoadBalancerKey key) {
    promises.mayBeKept(key);
  }

  /// These are members no more. A node that comes with the address of one that went is another one.
  void left(Collection<String> addresses) {
    if (managed && !addresses.isEmpty()) {
      alone(() -> holders.left(addresses));
    }
  }

  /// What is not needed now, as far as that is known. Calls nobody.
  Leftovers leftovers() {
    turn.lock();
    try {
      return unneeded();
    } finally {
      turn.unlock();
    }
  }

  private Leftovers unneeded() {
    if (group == null || !known || promises.any()) {
      return Leftovers.NONE;
    }
    var keys = inventory.keys();
    var members = inventory.memberAddresses();
    var unused = members.map(holders::without).orElse(Set.of());
    var orphaned =
        group.rules().stream()
            .map(Rule::grant)
            .filter(grant -> grant.owner().filter(owner -> !keys.contains(owner)).isPresent())
            .collect(Collectors.toSet());
    return new Leftovers(keys.isEmpty(), unused, orphaned);
  }

  /// Removes what is left over, if it still is.
  void remove(Leftovers some, BooleanSupplier mayWrite) {
    alone(() -> {
      var still = unneeded().and(some);
      if (still.isEmpty() || !mayWrite.getAsBoolean()) {
        return;
      }
      if (still.group()) {
        withdraw(Lane.BACKGROUND);
        return;
      }
      remove(rule -> still.grants().contains(rule.grant()), Lane.BACKGROUND);
      if (!still.ports().isEmpty()) {
        detach(Lane.BACKGROUND, port -> still.ports().contains(port.id()));
      }
    });
  }

  private NodeAccess access() {
    if (group == null) {
      return NodeAccess.NONE;
    }
    var grants = group.rules().stream().map(Rule::grant).collect(Collectors.toSet());
    return new NodeAccess(Optional.of(group.id()), grants, holders.nodes(), Set.of());
  }

  private void alone(Runnable change) {
    turn.lock();
    try {
      change.run();
    } catch (RuntimeException e) {
      if (inDoubt(e)) {
        known = false;
        readAgainAt = Instant.EPOCH;
      }
      throw e;
    } finally {
      inventory.access(access());
      turn.unlock();
    }
  }

  private static boolean inDoubt(RuntimeException e) {
    return !(e instanceof CloudException error)
        || error instanceof CloudException.Conflict
        || CallFailed.mayHaveBeenCarriedOut(error);
  }
}
