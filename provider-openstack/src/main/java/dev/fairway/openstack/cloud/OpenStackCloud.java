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
import java.util.random.RandomGenerator;

/// OpenStack as the provider uses it: reads little, remembers what it read and wrote.
public final class OpenStackCloud implements AutoCloseable {
  private final OpenStackApi api;
  private final OctaviaReads octavia;
  private final Inventory inventory;
  private final Lists lists;
  private final Executor executor;
  private final Poller poller;
  private final ProviderEvents events;

  /// @param clusterName the present controller's name for the cluster
  /// @param poll how long after a change the first look follows whether Octavia is done with it
  public OpenStackCloud(
      ProviderContext context, OpenStackApi api, String clusterName, Duration poll) {
    var tags = new Tags(context.cluster());
    this.api = api;
    this.events = context.events();
    this.octavia = new OctaviaReads(api);
    this.inventory = new Inventory(tags, context.clock());
    var neutron = new Neutron(api, context.cluster());
    this.lists = new Lists(octavia, neutron, inventory, context.clock());
    var busy = new Busy(inventory);
    var names = new Names(clusterName);
    this.executor =
        new Executor(
            octavia,
            new BalancerWrites(api, inventory, busy, names),
            new ChildWrites(api, inventory, busy),
            new FloatingIpWrites(neutron, inventory),
            (rules, nodes) -> {
              throw new UnsupportedOperationException("" + rules + nodes);
            },
            inventory,
            tags);
    var random = RandomGenerator.getDefault();
    this.poller =
        new Poller(
            octavia, inventory, tags, context.events(), context.clock(), random::nextDouble, poll);
  }

  /// All that the cluster owns.
  public List<OpenStackObserved> list() {
    lists.refresh(inventory.loaded() ? Lane.BACKGROUND : Lane.CHANGE);
    poller.wake();
    return inventory.keys().stream().map(inventory::observed).toList();
  }

  /// One load balancer, from memory unless that is in doubt.
  public OpenStackObserved observe(LoadBalancerKey key) {
    lists.loadOnce(Lane.CHANGE);
    if (inventory.wasDoubtful(key)) {
      lists.refresh(Lane.CHANGE);
    }
    for (var balancer : inventory.unread(key)) {
      var stamp = inventory.stamp();
      inventory.read(
          balancer.id(),
          balancer
              .graph()
              .map(graph -> octavia.withMembers(graph, Lane.CHANGE))
              .orElseGet(() -> octavia.graph(balancer.id(), Lane.CHANGE)),
          stamp);
    }
    poller.wake();
    return inventory.observed(key);
  }

  /// One load balancer with all that can be read of it, the health of its members too.
  public OpenStackObserved inspect(LoadBalancerKey key) {
    for (var balancer : observe(key).balancers()) {
      var stamp = inventory.stamp();
      inventory.read(balancer.id(), fresh(balancer.graph().orElse(Graph.EMPTY)), stamp);
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

  @Override
  public void close() {
    poller.close();
    api.close();
  }
}
