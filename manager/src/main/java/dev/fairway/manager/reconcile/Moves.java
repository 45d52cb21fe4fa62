// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.Observed;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.manager.desired.ServiceScope.Duty;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ShareKey;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Services on their way from one load balancer to another. The old one goes first. Until nothing
/// is left of it, the Service keeps what stands in its status, and its finalizer: these are the
/// traces by which another process can finish what this one began.
///
/// @param <O> what the provider observes
final class Moves<O extends Observed> {
  private final World world;
  private final ServiceScope scope;
  private final ObservedCache<O> cache;
  private final Orphans orphans;

  Moves(World world, ServiceScope scope, ObservedCache<O> cache, Orphans orphans) {
    this.world = world;
    this.scope = scope;
    this.cache = cache;
    this.orphans = orphans;
  }

  /// The Services of a group that have to wait until something else is gone.
  ///
  /// @param services waiting for something that somebody takes care of
  /// @param first what has to go before, and nobody takes care of yet
  record Waiting(Set<ServiceView> services, Set<LoadBalancerKey> first) {}

  /// Which of its Services have left a load balancer that is still there. One that is served here
  /// already does not wait to be served, but it does wait to be let go.
  Waiting waiting(LoadBalancerKey key, Members members) {
    var services = new HashSet<ServiceView>();
    var first = new HashSet<LoadBalancerKey>();
    for (var service : members.ours().toList()) {
      for (var seen : leftBehind(key, service)) {
        services.add(service);
        if (orphans.left(seen.key(), service.ref())) {
          first.add(seen.key());
        }
      }
      if (orphans.leftSomething(service.ref())) {
        services.add(service);
      }
    }
    services.removeIf(service -> members.serve().contains(service) && servedBy(key, service));
    return new Waiting(services, first);
  }

  private List<O> leftBehind(LoadBalancerKey key, ServiceView service) {
    // So that neither one that is served nor one that is being made costs a look at all others.
    var settled =
        service.served() ? servedBy(key, service) : !service.hasFinalizer() || cache.mayExist(key);
    return settled
        ? List.of()
        : cache.existing().stream()
            .filter(seen -> !seen.key().equals(key))
            .filter(seen -> wasOf(seen, service))
            .filter(seen -> nobodys(seen.key()))
            .toList();
  }

  /// Who left this load balancer, which nobody claims.
  Optional<ServiceRef> whoLeft(O seen) {
    return world.allServices().stream()
        .filter(service -> scope.duty(service) != Duty.LEAVE)
        .filter(service -> !ShareKey.groupOf(service).equals(seen.key()))
        .filter(service -> wasOf(seen, service))
        .map(ServiceView::ref)
        .findFirst();
  }

  private boolean wasOf(O seen, ServiceView service) {
    if (service.served() && !seen.ingress().isEmpty()) {
      return meets(service, seen);
    }
    // Without an address it serves nobody: it was being made or being deleted when its process
    // ended. It is of a Service for which something was begun, and which has nothing now.
    return mayHaveBeenOf(seen, service) && service.hasFinalizer() && hasNothing(service);
  }

  private static boolean mayHaveBeenOf(Observed seen, ServiceView service) {
    var ref = service.ref();
    return switch (seen.key().kind()) {
      case SERVICE -> seen.key().equals(LoadBalancerKey.ofService(ref.namespace(), ref.name()));
      case SHARED -> seen.ingress().isEmpty();
    };
  }

  private boolean hasNothing(ServiceView service) {
    return service.served()
        ? cache.existing().stream().noneMatch(other -> meets(service, other))
        : !cache.mayExist(ShareKey.groupOf(service));
  }

  private boolean nobodys(LoadBalancerKey key) {
    return Members.of(world.services(key), scope).nobody();
  }

  private boolean servedBy(LoadBalancerKey key, ServiceView service) {
    return cache.believed(key).filter(seen -> meets(service, seen)).isPresent();
  }

  private static boolean meets(ServiceView service, Observed seen) {
    return !Collections.disjoint(service.status().ingress(), seen.ingress());
  }
}
