// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.Observed;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ShareKey;
import java.util.List;

/// The Services of one load balancer group, sorted by what is to be done about them.
///
/// @param serve those that should have the load balancer
/// @param leaving those that ask for another group, and come to it when nothing of them is left
///   here
/// @param cleanUp those that should have none any more and still carry the finalizer
/// @param foreign those that are not ours
record Members(
    List<ServiceView> serve,
    List<ServiceView> leaving,
    List<ServiceView> cleanUp,
    List<ServiceView> foreign) {
  static Members of(LoadBalancerKey key, List<ServiceView> services, ServiceScope scope) {
    var serve = with(services, scope, ServiceScope.Duty.SERVE);
    return new Members(
        serve.stream().filter(service -> ShareKey.wishedBy(service).equals(key)).toList(),
        serve.stream().filter(service -> !ShareKey.wishedBy(service).equals(key)).toList(),
        with(services, scope, ServiceScope.Duty.CLEAN_UP),
        with(services, scope, ServiceScope.Duty.LEAVE));
  }

  private static List<ServiceView> with(
      List<ServiceView> services, ServiceScope scope, ServiceScope.Duty duty) {
    return services.stream().filter(service -> scope.duty(service) == duty).toList();
  }

  /// Whether no Service claims the load balancer.
  boolean nobody() {
    return serve.isEmpty() && leaving.isEmpty() && cleanUp.isEmpty();
  }

  /// Whether a Service that is not ours now was given this load balancer once, and has let go of
  /// it: changing the type on the way to another class clears the status and leaves the finalizer.
  /// One that still shows the address is more likely to be ours and the configuration wrong; one
  /// without the finalizer never had anything.
  boolean letGoOf(Observed seen) {
    return foreign.stream().anyMatch(ServiceView::hasFinalizer) && !shownBySomebody(seen);
  }

  /// Whether a Service that is not ours shows the address of this load balancer.
  boolean shownBySomebody(Observed seen) {
    return foreign.stream()
        .anyMatch(
            service -> service.status().ingress().stream().anyMatch(seen.ingress()::contains));
  }
}
