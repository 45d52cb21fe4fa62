// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.cloud.connect.CallFailed;
import dev.fairway.openstack.cloud.connect.Lane;
import dev.fairway.openstack.model.FloatingIp;
import dev.fairway.openstack.plan.OpenStackAction;
import dev.fairway.openstack.spec.Half;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Writes of floating IPs.
final class FloatingIpWrites {
  private static final String EXHAUSTED = "No more IP addresses available";

  private final Neutron neutron;
  private final Inventory inventory;

  FloatingIpWrites(Neutron neutron, Inventory inventory) {
    this.neutron = neutron;
    this.inventory = inventory;
  }

  void create(OpenStackAction.CreateFloatingIp wanted, LoadBalancerKey key) {
    var port = port(key, wanted.half(), wanted.balancer());
    var there =
        inventory.observed(key).floatingIps().stream()
            .anyMatch(ip -> ip.leadsTo(port) && ip.belongsTo(key));
    if (!there) {
      wanted.address().ifPresent(this::mustBeNew);
      inventory.wrote(take(wanted, port));
    }
  }

  // Somebody may have created it since the last look, to ask for it.
  private void mustBeNew(String address) {
    var stamp = inventory.stamp();
    var all = neutron.floatingIps(Lane.CHANGE);
    inventory.floatingIps(all, stamp);
    if (all.stream().anyMatch(ip -> ip.address().equals(address))) {
      throw new CloudException.Conflict("floating IP %s is there now".formatted(address), null);
    }
  }

  // A subnet that has no address left is no reason to stop while there is another.
  private FloatingIp take(OpenStackAction.CreateFloatingIp wanted, String port) {
    var subnets =
        wanted.subnets().isEmpty()
            ? List.of(Optional.<String>empty())
            : wanted.subnets().stream().map(Optional::of).toList();
    for (var subnet : subnets.subList(0, subnets.size() - 1)) {
      try {
        return post(wanted, subnet, port);
      } catch (CloudException.QuotaExceeded e) {
        if (CallFailed.of(e).filter(failed -> failed.said().contains(EXHAUSTED)).isEmpty()) {
          throw e;
        }
      }
    }
    return post(wanted, subnets.getLast(), port);
  }

  private FloatingIp post(
      OpenStackAction.CreateFloatingIp wanted, Optional<String> subnet, String port) {
    try {
      return neutron.create(
          wanted.network(),
          subnet,
          wanted.address(),
          port,
          wanted.description(),
          wanted.address().isPresent() ? "spec.loadBalancerIP" : "floating-network-id");
    } catch (CloudException.Denied e) {
      if (wanted.address().isEmpty()) {
        throw e;
      }
      throw new CloudException.Rejected(
          "spec.loadBalancerIP",
          "the project has no floating IP %s, and the cloud lets only its operators choose one"
              .formatted(wanted.address().get()),
          "create it first (openstack floating ip create), or leave the address to Fairway",
          e);
    }
  }

  void lead(OpenStackAction.LeadFloatingIp wanted, LoadBalancerKey key) {
    var port = port(key, wanted.half(), wanted.balancer());
    if (inventory.floatingIp(wanted.id()).filter(ip -> ip.leadsTo(port)).isEmpty()) {
      inventory.wrote(neutron.lead(wanted.id(), Optional.of(port)));
    }
  }

  void detach(String id) {
    if (inventory.floatingIp(id).filter(ip -> ip.port().isPresent()).isPresent()) {
      inventory.wrote(neutron.lead(id, Optional.empty()));
    }
  }

  void describe(OpenStackAction.DescribeFloatingIp wanted) {
    var there = inventory.floatingIp(wanted.id());
    if (there.filter(ip -> !ip.description().equals(wanted.description())).isPresent()) {
      inventory.wrote(neutron.describe(wanted.id(), wanted.description()));
    }
  }

  void delete(String id) {
    if (inventory.floatingIp(id).isPresent()) {
      neutron.delete(id);
      inventory.floatingIpGone(id);
    }
  }

  private String port(LoadBalancerKey key, Half half, Optional<String> balancer) {
    return Stream.concat(
            balancer.flatMap(inventory::balancer).stream(),
            balancer.isPresent() ? Stream.empty() : inventory.owned(key, half, Set.of()).stream())
        .map(one -> one.vip().port())
        .filter(id -> !id.isEmpty())
        .findFirst()
        .orElseThrow(() ->
            new CloudException.Conflict("the load balancer of the floating IP is gone", null));
  }
}
