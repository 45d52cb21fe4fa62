// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.cloud.connect.Lane;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.Tags;
import dev.fairway.openstack.plan.OpenStackAction;
import java.util.Set;
import java.util.TreeSet;

/// Carries out one action, and remembers its effect.
final class Executor {
  private final OctaviaReads reads;
  private final BalancerWrites balancers;
  private final ChildWrites children;
  private final FloatingIpWrites floatingIps;
  private final NodeSecurity security;
  private final Inventory inventory;
  private final Busy busy;
  private final Tags tags;

  Executor(
      OctaviaReads reads,
      BalancerWrites balancers,
      ChildWrites children,
      FloatingIpWrites floatingIps,
      NodeSecurity security,
      Inventory inventory,
      Busy busy,
      Tags tags) {
    this.reads = reads;
    this.balancers = balancers;
    this.children = children;
    this.floatingIps = floatingIps;
    this.security = security;
    this.inventory = inventory;
    this.busy = busy;
    this.tags = tags;
  }

  void apply(OpenStackAction action, LoadBalancerKey key) {
    carryOut(action, key);
    security.keep(key);
  }

  private void carryOut(OpenStackAction action, LoadBalancerKey key) {
    switch (action) {
      case OpenStackAction.CreateBalancer create -> balancers.create(create, key);
      case OpenStackAction.Adopt(var id, _, var wanted) -> balancers.setTags(id, wanted);
      case OpenStackAction.LookAt(var id, _) -> look(id);
      case OpenStackAction.ClaimParts(var id, var name) -> claim(id, name, key);
      case OpenStackAction.SetTags(var id, var wanted) -> balancers.setTags(id, wanted);
      case OpenStackAction.FailOver(var id) -> balancers.failOver(id);
      case OpenStackAction.DeleteBalancer delete -> balancers.delete(delete);
      case OpenStackAction.CreateFloatingIp create -> floatingIps.create(create, key);
      case OpenStackAction.LeadFloatingIp lead -> floatingIps.lead(lead, key);
      case OpenStackAction.DetachFloatingIp(var id, _) -> floatingIps.detach(id);
      case OpenStackAction.DescribeFloatingIp describe -> floatingIps.describe(describe);
      case OpenStackAction.DeleteFloatingIp(var id, _) -> floatingIps.delete(id);
      case OpenStackAction.CreateListener create -> children.create(create);
      case OpenStackAction.UpdateListener update -> children.update(update);
      case OpenStackAction.SwitchPool point -> children.point(point);
      case OpenStackAction.DeleteListener delete -> children.delete(delete);
      case OpenStackAction.CreatePool create -> children.create(create);
      case OpenStackAction.UpdatePool update -> children.update(update);
      case OpenStackAction.DeletePool delete -> children.delete(delete);
      case OpenStackAction.AddMembers(var id, var pool, var members) ->
          children.members(id, pool, members, false);
      case OpenStackAction.SetMembers(var id, var pool, var members) ->
          setMembers(id, () -> children.members(id, pool, members, true));
      case OpenStackAction.CreateMonitor create -> children.create(create);
      case OpenStackAction.UpdateMonitor update -> children.update(update);
      case OpenStackAction.DeleteMonitor delete -> children.delete(delete);
      case OpenStackAction.AdmitTraffic admit -> security.admit(admit, key);
      case OpenStackAction.DenyTraffic deny -> deny(deny, key);
      case OpenStackAction.WithdrawAccess _ -> security.withdraw(key);
    }
  }

  private void setMembers(String balancer, Runnable change) {
    var left = members(balancer);
    change.run();
    left.removeAll(members(balancer));
    security.left(left);
  }

  private Set<String> members(String balancer) {
    return new TreeSet<>(
        inventory.balancer(balancer).map(Balancer::memberAddresses).orElse(Set.of()));
  }

  // A load balancer that has not changed yet still sends there.
  private void deny(OpenStackAction.DenyTraffic wanted, LoadBalancerKey key) {
    if (!wanted.atOnce()) {
      inventory.observed(key).balancers().forEach(one -> busy.mustNotBe(one.id()));
    }
    security.deny(wanted, key);
  }

  private void look(String balancer) {
    var stamp = inventory.stamp();
    inventory.read(balancer, reads.graph(balancer, Lane.CHANGE), stamp);
  }

  // Until the last has our tags, the next pass begins here again.
  private void claim(String balancer, String theirName, LoadBalancerKey key) {
    busy.mustNotBe(balancer);
    look(balancer);
    var listeners =
        inventory.balancer(balancer).flatMap(one -> one.graph()).stream()
            .flatMap(graph -> graph.listeners().stream())
            .filter(listener -> listener.tags().contains(theirName))
            .filter(listener -> tags.owner(listener.tags()).isEmpty())
            .toList();
    for (var listener : listeners) {
      var part = listener.transport() + "/" + listener.port();
      children.claim(
          balancer,
          listener,
          new TreeSet<>(Tags.merged(listener.tags(), tags.ofPart(key, part, Set.of()))));
    }
  }
}
