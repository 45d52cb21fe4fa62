// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.ProviderContext;
import dev.fairway.cloud.ProviderEvents;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.cloud.connect.CallFailed;
import dev.fairway.openstack.cloud.connect.Lane;
import dev.fairway.openstack.cloud.connect.OpenStackApi;
import dev.fairway.openstack.model.Graph;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.model.Tags;
import dev.fairway.openstack.plan.Names;
import dev.fairway.openstack.plan.OpenStackAction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/// OpenStack as the provider uses it: reads little, remembers what it read and wrote.
public final class OpenStackCloud implements AutoCloseable {
  private final OpenStackApi api;
  private final OctaviaReads octavia;
  private final Inventory inventory;
  private final Lists lists;
  private final Executor executor;
  private final NodeSecurity security;
  private final VipPorts vipPorts;
  private final Poller poller;
  private final ProviderEvents events;
  private final AtomicBoolean inVain = new AtomicBoolean();
  private final Set<LoadBalancerKey> watching = ConcurrentHashMap.newKeySet();
  private final Upkeep upkeep;

  /// @param clusterName the present controller's name for the cluster
  /// @param ownSecurityGroup whether the nodes let traffic in by a security group of ours
  /// @param poll how long after a change the first look follows whether Octavia is done with it
  public OpenStackCloud(
      ProviderContext context,
      OpenStackApi api,
      String clusterName,
      boolean ownSecurityGroup,
      Duration poll) {
    var tags = new Tags(context.cluster());
    this.api = api;
    this.events = context.events();
    this.octavia = new OctaviaReads(api);
    this.inventory = new Inventory(tags, context.clock());
    var neutron = new Neutron(api, context.cluster());
    this.lists = new Lists(octavia, neutron, inventory, context.clock());
    var busy = new Busy(inventory);
    var names = new Names(clusterName);
    this.security =
        new NodeSecurity(
            new SecurityGroups(api, context.cluster()),
            new NodePorts(api),
            inventory,
            context.clock(),
            ownSecurityGroup);
    this.vipPorts = new VipPorts(api, octavia, context.clock());
    this.executor =
        new Executor(
            octavia,
            new BalancerWrites(api, inventory, busy, names, vipPorts),
            new ChildWrites(api, inventory, busy),
            new FloatingIpWrites(neutron, inventory),
            security,
            inventory,
            busy,
            tags);
    var random = RandomGenerator.getDefault();
    this.poller =
        new Poller(
            octavia, inventory, tags, context.events(), context.clock(), random::nextDouble, poll);
    this.upkeep = new Upkeep(security, vipPorts, context.mayWrite());
  }

  /// All that the cluster owns.
  public List<OpenStackObserved> list() {
    var first = !inventory.loaded();
    var lane = first ? Lane.CHANGE : Lane.BACKGROUND;
    lists.refresh(lane);
    lists.outcome(lane);
    security.look(Lane.BACKGROUND);
    poller.wake();
    if (inVain.getAndSet(false)) {
      lists.surroundingsAgain(lane);
      events.resourcesFreed();
    }
    return inventory.keys().stream().map(inventory::observed).toList();
  }

  /// Somebody asked for something of the project that is not there, as far as is known.
  public void askedInVain() {
    inVain.set(true);
  }

  /// Whether a Service waits for a load balancer of somebody else to be mended: nobody tells when
  /// it is.
  public void watchesStranger(LoadBalancerKey key, boolean waits) {
    if (waits) {
      watching.add(key);
    } else {
      watching.remove(key);
    }
  }

  /// One load balancer, from memory unless that is in doubt.
  public OpenStackObserved observe(LoadBalancerKey key) {
    lists.loadOnce(Lane.CHANGE);
    if (inventory.isDoubtful(key)) {
      lists.refresh(Lane.CHANGE);
      inventory.looked(key);
    }
    if (watching.contains(key)) {
      lists.refreshAgain(Lane.CHANGE);
    }
    if (inVain.get()) {
      lists.surroundingsAgain(Lane.CHANGE);
    }
    security.look(Lane.CHANGE);
    var stamp = inventory.stamp();
    for (var balancer : inventory.unread(key)) {
      inventory.read(
          balancer.id(),
          balancer
              .graph()
              .filter(_ -> !balancer.unfinished())
              .map(graph -> octavia.withMembers(graph, Lane.CHANGE))
              .orElseGet(() -> octavia.graph(balancer.id(), Lane.CHANGE)),
          stamp);
    }
    poller.wake();
    return inventory.observed(key);
  }

  /// One load balancer with all that can be read of it, the health of its members too.
  public OpenStackObserved inspect(LoadBalancerKey key) {
    var stamp = inventory.stamp();
    for (var balancer : observe(key).balancers()) {
      balancer.graph().ifPresent(graph -> inventory.read(balancer.id(), fresh(graph), stamp));
    }
    return inventory.observed(key);
  }

  private Graph fresh(Graph graph) {
    var read = graph;
    for (var pool : graph.pools()) {
      read = read.with(pool.withMembers(Optional.of(octavia.members(pool.id(), Lane.CHANGE))));
    }
    return read;
  }

  public OpenStackObserved apply(OpenStackAction action, LoadBalancerKey key) {
    lists.loadOnce(Lane.CHANGE);
    try {
      executor.apply(action, key);
      // Another Service may wait for an address.
      if (action instanceof OpenStackAction.DeleteFloatingIp) {
        events.resourcesFreed();
      }
    } catch (CloudException.NotReady e) {
      if (action instanceof OpenStackAction.OnBalancer on) {
        inventory.waits(key, on.balancer());
      }
      throw e;
    } catch (CloudException e) {
      if (CallFailed.mayHaveBeenCarriedOut(e) || e instanceof CloudException.Conflict) {
        inventory.doubt(key);
      }
      throw e;
    } catch (RuntimeException e) {
      inventory.doubt(key);
      throw e;
    } finally {
      poller.wake();
    }
    return inventory.observed(key);
  }

  Upkeep upkeep() {
    return upkeep;
  }

  @Override
  public void close() {
    upkeep.close();
    poller.close();
    api.close();
  }
}
