// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.manager.desired.ServiceView;
import java.util.List;

/// The Services of one load balancer group, sorted by what is to be done about them.
///
/// @param serve those that should have the load balancer
/// @param cleanUp those that should have none any more and still carry the finalizer
/// @param left how many are not ours
record Members(List<ServiceView> serve, List<ServiceView> cleanUp, int left) {
  static Members of(List<ServiceView> services, ServiceScope scope) {
    var serve = with(services, scope, ServiceScope.Duty.SERVE);
    var cleanUp = with(services, scope, ServiceScope.Duty.CLEAN_UP);
    return new Members(serve, cleanUp, services.size() - serve.size() - cleanUp.size());
  }

  private static List<ServiceView> with(
      List<ServiceView> services, ServiceScope scope, ServiceScope.Duty duty) {
    return services.stream().filter(service -> scope.duty(service) == duty).toList();
  }
}
