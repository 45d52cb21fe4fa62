// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.plan;

import dev.fairway.cloud.plan.Note;
import dev.fairway.openstack.model.Balancer;
import dev.fairway.openstack.model.FloatingIp;
import dev.fairway.openstack.spec.Exposure;
import dev.fairway.openstack.spec.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which floating IP leads to a load balancer. It lives apart from it: it outlives one that is made
/// anew, so that clients notice nothing.
final class Addressing {
  private final Pass pass;
  private final Spec spec;

  Addressing(Pass pass, Spec spec) {
    this.pass = pass;
    this.spec = spec;
  }

  /// @param leader the load balancer that serves; empty for one that is made by the step before
  Steps of(Optional<Balancer> leader) {
    return switch (spec.exposure()) {
      case Exposure.Internal _ -> Steps.of(internal(leader));
      case Exposure.Floating floating -> Steps.of(floating(leader, floating));
    };
  }

  private List<OpenStackAction> internal(Optional<Balancer> leader) {
    var actions = new ArrayList<OpenStackAction>();
    leader.stream()
        .flatMap(balancer -> pass.seen().leadingTo(balancer).stream())
        .filter(ip -> !ours(ip) || ip.keep())
        .forEach(ip -> actions.add(new OpenStackAction.DetachFloatingIp(ip.id(), ip.address())));
    pass.seen().floatingIps().stream()
        .filter(ip -> ours(ip) && !ip.keep())
        .filter(ip ->
            leader.map(balancer -> ip.leadsTo(balancer.vip().port())).orElse(false)
                || !pass.anyFloating())
        .forEach(ip -> actions.add(new OpenStackAction.DeleteFloatingIp(ip.id(), ip.address())));
    return actions;
  }

  private List<OpenStackAction> floating(Optional<Balancer> leader, Exposure.Floating wish) {
    var wanted = choose(leader, wish);
    var unavailable = wanted.isEmpty() && (taken(leader, wish) || missing(wish));
    // What clients use now is not given up for an address that may never come.
    var chosen = unavailable ? used() : wanted;
    if (unavailable && chosen.isEmpty()) {
      return List.of();
    }
    var actions = new ArrayList<OpenStackAction>();
    // A VIP has room for one only.
    leader.stream()
        .flatMap(balancer -> pass.seen().leadingTo(balancer).stream())
        .filter(ip -> !Optional.of(ip).equals(chosen))
        .filter(ip -> !ours(ip) || ip.keep())
        .forEach(ip -> actions.add(new OpenStackAction.DetachFloatingIp(ip.id(), ip.address())));
    actions.addAll(surplus(chosen));
    var id = leader.map(Balancer::id);
    if (chosen.isEmpty()) {
      actions.add(
          new OpenStackAction.CreateFloatingIp(
              spec.half(),
              id,
              wish.network(),
              wish.subnets(),
              wish.address(),
              pass.floatingIpDescription(wish.keep())));
    }
    chosen.ifPresent(ip -> {
      if (leader.map(balancer -> !ip.leadsTo(balancer.vip().port())).orElse(true)) {
        actions.add(new OpenStackAction.LeadFloatingIp(ip.id(), ip.address(), spec.half(), id));
      }
      if ((ours(ip) && ip.keep() != wish.keep()) || theirs(ip)) {
        actions.add(
            new OpenStackAction.DescribeFloatingIp(
                ip.id(), ip.address(), pass.floatingIpDescription(wish.keep())));
      }
    });
    return actions;
  }

  private Optional<FloatingIp> choose(Optional<Balancer> leader, Exposure.Floating wish) {
    if (wish.address().isPresent()) {
      return wish.address()
          .flatMap(address -> Optional.ofNullable(pass.seen().around().floatingIps().get(address)))
          .filter(this::free);
    }
    return leader.stream()
        .flatMap(balancer -> pass.seen().leadingTo(balancer).stream())
        .findFirst()
        .or(() ->
            pass.seen().floatingIps().stream().filter(this::ours).filter(this::free).findFirst());
  }

  // It leads nowhere, or to a load balancer of this group.
  private boolean free(FloatingIp ip) {
    return ip.port()
        .map(port ->
            pass.seen().balancers().stream()
                .anyMatch(balancer -> balancer.owned() && balancer.vip().port().equals(port)))
        .orElseGet(() -> ip.owner().map(owner -> owner.equals(pass.key())).orElse(true));
  }

  private Optional<FloatingIp> used() {
    return pass.seen().balancers().stream()
        .filter(balancer -> balancer.owned() && balancer.half() == spec.half())
        .flatMap(balancer -> pass.seen().leadingTo(balancer).stream())
        .findFirst();
  }

  private boolean missing(Exposure.Floating wish) {
    if (wish.address().isEmpty() || used().isEmpty()) {
      return false;
    }
    pass.notes()
        .add(
            Note.blocking(
                "FloatingIpNotFound",
                "the project has no floating IP %s, which spec.loadBalancerIP asks for"
                    .formatted(wish.address().get()),
                "create it first (openstack floating ip create --floating-ip-address), or ask for"
                    + " one that is there; the address stays as it is until then"));
    return true;
  }

  private boolean taken(Optional<Balancer> leader, Exposure.Floating wish) {
    var other =
        wish.address()
            .flatMap(
                address -> Optional.ofNullable(pass.seen().around().floatingIps().get(address)));
    other.ifPresent(ip ->
        pass.notes()
            .add(
                Note.blocking(
                    "FloatingIpInUse",
                    "floating IP %s, which was asked for, %s%s"
                        .formatted(
                            ip.address(),
                            ip.port().map(port -> "leads to port " + port).orElse("is kept"),
                            ip.owner().map(owner -> " for " + owner).orElse("")),
                    "ask for another address, or free this one"
                        + (leader.isPresent() ? "; the address stays as it is until then" : ""))));
    return other.isPresent();
  }

  private boolean ours(FloatingIp ip) {
    return ip.belongsTo(pass.key());
  }

  private boolean theirs(FloatingIp ip) {
    return ip.cameFromPresentController(pass.setup().clusterName(), pass.key());
  }

  private List<OpenStackAction> surplus(Optional<FloatingIp> chosen) {
    return pass.seen().floatingIps().stream()
        .filter(this::ours)
        .filter(ip -> !ip.keep() && !Optional.of(ip).equals(chosen))
        .<OpenStackAction>map(ip -> new OpenStackAction.DeleteFloatingIp(ip.id(), ip.address()))
        .toList();
  }
}
