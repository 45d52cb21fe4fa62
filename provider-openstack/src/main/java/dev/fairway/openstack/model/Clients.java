// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import dev.fairway.cloud.model.Ingress;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Where clients connect to.
final class Clients {
  // What they do is lost on a connection that never passes through the load balancer.
  private static final Set<String> LOOKS_INTO = Set.of("HTTP", "PROXY", "PROXYV2");

  private Clients() {}

  static List<Ingress> ingress(OpenStackObserved seen) {
    return seen.balancers().stream()
        .filter(balancer -> balancer.serving() || lastOfItsHalf(seen, balancer))
        .flatMap(balancer -> of(seen, balancer))
        .distinct()
        .toList();
  }

  // It goes because another one is made in its place, which asks for its address again.
  private static boolean lastOfItsHalf(OpenStackObserved seen, Balancer balancer) {
    return balancer.goingAway()
        && balancer.worked()
        && seen.balancers().stream()
            .noneMatch(
                other -> other.half() == balancer.half() && !other.id().equals(balancer.id()));
  }

  private static Stream<Ingress> of(OpenStackObserved seen, Balancer balancer) {
    var hostname = Tags.hostname(balancer.tags());
    if (hostname.filter(name -> !name.startsWith(Tags.ADDRESS_OF)).isPresent()) {
      return hostname.stream().map(Ingress.Hostname::new);
    }
    var mode = mode(balancer);
    return addresses(seen, balancer)
        .map(address ->
            hostname
                .<Ingress>map(name ->
                    new Ingress.Hostname(address + "." + name.substring(Tags.ADDRESS_OF.length())))
                .orElseGet(() -> new Ingress.Address(address, mode)));
  }

  // A floating IP stands for the IPv4 address that it leads to.
  private static Stream<String> addresses(OpenStackObserved seen, Balancer balancer) {
    var floating = seen.leadingTo(balancer).stream().map(FloatingIp::address).findFirst();
    return Stream.concat(Stream.of(balancer.vip()), balancer.additionalVips().stream())
        .map(Balancer.Vip::address)
        .map(address -> address.contains(":") ? address : floating.orElse(address));
  }

  private static Ingress.Mode mode(Balancer balancer) {
    return balancer.graph().stream()
            .flatMap(graph -> graph.pools().stream())
            .anyMatch(pool -> LOOKS_INTO.contains(pool.protocol()))
        ? Ingress.Mode.PROXY
        : Ingress.Mode.VIP;
  }
}
