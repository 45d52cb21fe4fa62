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
        .filter(Balancer::serving)
        .flatMap(balancer -> of(seen, balancer))
        .distinct()
        .toList();
  }

  private static Stream<Ingress> of(OpenStackObserved seen, Balancer balancer) {
    var hostname = Tags.hostname(balancer.tags());
    if (hostname.isPresent()) {
      return hostname.stream().map(Ingress.Hostname::new);
    }
    var mode = mode(balancer);
    var floating = seen.leadingTo(balancer);
    var first =
        floating.isEmpty()
            ? Stream.of(balancer.vip().address())
            : floating.stream().map(FloatingIp::address).limit(1);
    return Stream.concat(first, balancer.additionalVips().stream().map(Balancer.Vip::address))
        .map(address -> new Ingress.Address(address, mode));
  }

  private static Ingress.Mode mode(Balancer balancer) {
    return balancer.graph().stream()
            .flatMap(graph -> graph.pools().stream())
            .anyMatch(pool -> LOOKS_INTO.contains(pool.protocol()))
        ? Ingress.Mode.PROXY
        : Ingress.Mode.VIP;
  }
}
