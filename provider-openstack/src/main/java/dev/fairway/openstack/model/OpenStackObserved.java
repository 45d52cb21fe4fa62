// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import dev.fairway.cloud.Detail;
import dev.fairway.cloud.Observed;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is seen of one group at OpenStack.
///
/// @param balancers those of the group, and those of others on which it has listeners
/// @param floatingIps those that were made for the group, and those that lead to its load balancers
/// @param troubles by id of a load balancer
/// @param at when this was put together
public record OpenStackObserved(
    LoadBalancerKey key,
    List<Balancer> balancers,
    List<FloatingIp> floatingIps,
    Map<String, Troubles> troubles,
    Surroundings around,
    Instant at)
    implements Observed {
  public OpenStackObserved {
    balancers = List.copyOf(balancers);
    floatingIps = List.copyOf(floatingIps);
    troubles = Map.copyOf(troubles);
  }

  @Override
  public boolean exists() {
    return !balancers.isEmpty()
        || floatingIps.stream().anyMatch(ip -> ip.belongsTo(key) && !ip.keep());
  }

  @Override
  public List<Ingress> ingress() {
    return Clients.ingress(this);
  }

  @Override
  public List<Detail> details() {
    return Explanation.of(this);
  }

  public Optional<Balancer> balancer(String id) {
    return balancers.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  public Troubles troublesOf(Balancer balancer) {
    return troubles.getOrDefault(balancer.id(), Troubles.NONE);
  }

  /// The floating IPs that lead to a load balancer.
  public List<FloatingIp> leadingTo(Balancer balancer) {
    return floatingIps.stream().filter(ip -> ip.leadsTo(balancer.vip().port())).toList();
  }

  private Map<String, Balancer> settled() {
    return balancers.stream()
        .map(Balancer::settled)
        .collect(Collectors.toMap(Balancer::id, Function.identity()));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OpenStackObserved that
        && key.equals(that.key)
        && settled().equals(that.settled())
        && floatingIps.equals(that.floatingIps);
  }

  @Override
  public int hashCode() {
    return Objects.hash(key, settled(), floatingIps);
  }
}
