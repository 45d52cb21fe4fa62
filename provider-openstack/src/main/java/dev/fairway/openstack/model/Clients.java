// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import dev.fairway.cloud.model.Ingress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where clients connect to.
final class Clients {
  // What they do is lost on a connection that never passes through the load balancer.
  private static final Set<String> LOOKS_INTO = Set.of("HTTP", "PROXY", "PROXYV2");

  private Clients() {}

  static List<Ingress> ingress(OpenStackObserved seen) {
    return seen.balancers().stream()
        .filter(balancer -> balancer.serving() || comesAgain(seen, balancer))
        .flatMap(balancer -> of(seen, balancer))
        .distinct()
        .toList();
  }

  // Another one is made in its place, and asks for the address that is shown. After a restart, or
  // when somebody else deletes it, nobody knows why it goes: an address that was hidden is lost.
  private static boolean comesAgain(OpenStackObserved seen, Balancer balancer) {
    return balancer.goingAway()
        && balancer.worked()
        && !seen.troublesOf(balancer).notNeeded()
        && seen.balancers().stream().noneMatch(other -> isBeside(other, balancer));
  }

  private static boolean isBeside(Balancer other, Balancer balancer) {
    return other.half() == balancer.half() && !other.id().equals(balancer.id());
  }

  private static Stream<Ingress> of(OpenStackObserved seen, Balancer balancer) {
    var addresses = addresses(seen, balancer);
    var hostname = Tags.hostname(balancer.tags());
    if (hostname.filter(name -> !name.startsWith(Tags.ADDRESS_OF)).isPresent()) {
      return addresses.isEmpty() ? Stream.empty() : hostname.stream().map(Ingress.Hostname::new);
    }
    var mode = mode(balancer);
    return addresses.stream()
        .map(address ->
            hostname
                .<Ingress>map(name ->
                    new Ingress.Hostname(address + "." + name.substring(Tags.ADDRESS_OF.length())))
                .orElseGet(() -> new Ingress.Address(address, mode)));
  }

  // A floating IP stands for the IPv4 address that it leads to.
  private static List<String> addresses(OpenStackObserved seen, Balancer balancer) {
    var floating = seen.leadingTo(balancer).stream().map(FloatingIp::address).findFirst();
    var hidden = Tags.floating(balancer.tags()) || othersAreLedTo(seen, balancer);
    return Stream.concat(Stream.of(balancer.vip()), balancer.additionalVips().stream())
        .map(Balancer.Vip::address)
        .flatMap(address ->
            address.contains(":")
                ? Stream.of(address)
                : floating.or(() -> Optional.of(address).filter(_ -> !hidden)).stream())
        .toList();
  }

  // Then it replaces one, or is replaced. One that is old, or came from elsewhere, does not tell.
  private static boolean othersAreLedTo(OpenStackObserved seen, Balancer balancer) {
    return balancer.owned()
        && seen.balancers().stream()
            .filter(other -> other.owned() && isBeside(other, balancer))
            .anyMatch(other -> !seen.leadingTo(other).isEmpty());
  }

  private static Ingress.Mode mode(Balancer balancer) {
    return balancer.graph().stream()
            .flatMap(graph -> graph.pools().stream())
            .anyMatch(pool -> LOOKS_INTO.contains(pool.protocol()))
        ? Ingress.Mode.PROXY
        : Ingress.Mode.VIP;
  }
}
