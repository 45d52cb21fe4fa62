// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud;

import dev.fairway.aws.cloud.limit.Lane;
import dev.fairway.aws.model.AwsObserved;
import dev.fairway.aws.plan.AwsAction;
import dev.fairway.aws.plan.GroupSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Carries out one action, and folds its effect into what was seen.
final class Executor {
  private final SecurityGroups securityGroups;
  private final Access access;
  private final Balancers balancers;
  private final Listeners listeners;
  private final TargetGroups groups;
  private final Adoptions adoptions;
  private final Inventory inventory;

  Executor(
      SecurityGroups securityGroups,
      Access access,
      Balancers balancers,
      Listeners listeners,
      TargetGroups groups,
      Adoptions adoptions,
      Inventory inventory) {
    this.securityGroups = securityGroups;
    this.access = access;
    this.balancers = balancers;
    this.listeners = listeners;
    this.groups = groups;
    this.adoptions = adoptions;
    this.inventory = inventory;
  }

  AwsObserved apply(AwsAction action, AwsObserved seen) {
    var lane = lane(action, seen);
    return switch (action) {
      case AwsAction.CreateBackendGroup(var name, var tags) -> {
        access.createBackend(name, tags, lane);
        yield seen.within(inventory.around());
      }
      case AwsAction.OpenNodePorts(var blocks, var instances) -> {
        access.open(blocks, instances, lane);
        yield seen.within(inventory.around());
      }
      case AwsAction.CreateFrontGroup create -> createFront(create, seen, lane);
      case AwsAction.AllowClients allow -> allow(allow, seen, lane);
      case AwsAction.DenyClients deny -> deny(deny, seen, lane);
      case AwsAction.DeleteFrontGroup(var name) -> deleteFront(name, seen, lane);

      case AwsAction.CreateTargetGroup create -> groups.create(create, seen, lane);
      case AwsAction.ModifyHealthCheck(var group, var check) ->
          groups.check(group, check, seen, lane);
      case AwsAction.SetGroupAttributes(var group, var attributes) ->
          groups.attributes(group, attributes, seen, lane);
      case AwsAction.Register(var group, var targets) ->
          groups.register(group, targets, seen, lane);
      case AwsAction.Deregister(var group, var targets) ->
          groups.deregister(group, targets, seen, lane);
      case AwsAction.SyncTargets(var group, var targets) -> groups.sync(group, targets, seen, lane);
      case AwsAction.TagTargetGroup(var group, var tags, var removed) ->
          groups.tag(group, tags, removed, seen, lane);
      case AwsAction.DeleteTargetGroup(var group) -> groups.delete(group, seen, lane);

      case AwsAction.CreateBalancer create ->
          balancers.create(create, ids(create.groups(), seen), seen, lane);
      case AwsAction.SetBalancerAttributes(var balancer, var attributes) ->
          balancers.attributes(balancer, attributes, seen, lane);
      case AwsAction.SetAddressType(var balancer, var type) ->
          balancers.addressType(balancer, type, seen, lane);
      case AwsAction.SetSubnets(var balancer, var mappings, _) ->
          balancers.subnets(balancer, mappings, seen, lane);
      case AwsAction.SetGroups(var balancer, var wanted, var privateLink) ->
          balancers.groups(balancer, ids(wanted, seen), privateLink, seen, lane);
      case AwsAction.TagBalancer(var balancer, var tags, var removed) ->
          balancers.tag(balancer, tags, removed, seen, lane);
      case AwsAction.DeleteBalancer(var balancer) -> balancers.delete(balancer, seen, lane);
      case AwsAction.RetireBalancer(var balancer, _) -> balancers.retire(balancer, seen, lane);
      case AwsAction.InspectBalancer inspect -> adoptions.inspect(inspect, seen, lane);
      case AwsAction.TakeOver take -> adoptions.takeOver(take, seen, lane);
      case AwsAction.ReleaseBalancer(var balancer, var tags) ->
          adoptions.release(balancer, tags, seen, lane);

      case AwsAction.CreateListener create -> listeners.create(create, seen, lane);
      case AwsAction.ModifyListener modify -> listeners.modify(modify, seen, lane);
      case AwsAction.DeleteListener(var balancer, var port) ->
          listeners.delete(balancer, port, seen, lane);
      case AwsAction.SetListenerAttributes(var balancer, var port, var attributes) ->
          listeners.attributes(balancer, port, attributes, seen, lane);
      case AwsAction.AddCertificates(var balancer, var port, var certificates) ->
          listeners.addCertificates(balancer, port, certificates, seen, lane);
      case AwsAction.RemoveCertificates(var balancer, var port, var certificates) ->
          listeners.removeCertificates(balancer, port, certificates, seen, lane);
    };
  }

  private static Lane lane(AwsAction action, AwsObserved seen) {
    if (action instanceof AwsAction.Deregister) {
      return Lane.DEAD_TARGETS;
    }
    return seen.published().isPresent() ? Lane.CHANGE : Lane.NEW_SERVICE;
  }

  private List<String> ids(GroupSet wanted, AwsObserved seen) {
    var ids = new ArrayList<>(wanted.others());
    if (!wanted.front().isEmpty()) {
      ids.add(Seen.front(seen, wanted.front()).id());
    }
    if (wanted.backend()) {
      ids.add(Seen.backend(inventory.around()));
    }
    return ids.stream().distinct().sorted().toList();
  }

  private AwsObserved createFront(AwsAction.CreateFrontGroup wanted, AwsObserved seen, Lane lane) {
    var vpcId = inventory.around().vpcId();
    return seen.with(
        securityGroups.make(vpcId, wanted.name(), "clients of " + text(seen), wanted.tags(), lane));
  }

  // EC2 allows few characters in a description (CreateSecurityGroup, API reference).
  private static String text(AwsObserved seen) {
    var text = seen.key().toString().replaceAll("[^-a-zA-Z0-9 ._:/]", "-");
    return text.substring(0, Math.min(200, text.length()));
  }

  private AwsObserved allow(AwsAction.AllowClients wanted, AwsObserved seen, Lane lane) {
    var group = Seen.front(seen, wanted.group());
    securityGroups.allow(group.id(), wanted.rules(), "clients of " + text(seen), lane);
    var ingress = new HashSet<>(group.ingress());
    ingress.addAll(wanted.rules());
    return seen.with(group.withIngress(ingress));
  }

  private AwsObserved deny(AwsAction.DenyClients wanted, AwsObserved seen, Lane lane) {
    var group = Seen.front(seen, wanted.group());
    securityGroups.deny(group.id(), wanted.rules(), lane);
    var ingress = new HashSet<>(group.ingress());
    ingress.removeAll(Set.copyOf(wanted.rules()));
    return seen.with(group.withIngress(ingress));
  }

  private AwsObserved deleteFront(String name, AwsObserved seen, Lane lane) {
    seen.frontGroup(name).ifPresent(group -> securityGroups.delete(group.id(), lane));
    return seen.withFrontGroups(
        seen.frontGroups().stream().filter(one -> !one.name().equals(name)).toList());
  }
}
