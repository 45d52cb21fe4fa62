// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.desired;

import java.util.Set;

/// Which Services are ours.
///
/// @param classes the load balancer classes that are served
/// @param classless whether Services without a class are served too
public record ServiceScope(Set<String> classes, boolean classless) {
  public ServiceScope {
    classes = Set.copyOf(classes);
  }

  /// What is to be done about a Service.
  public enum Duty {
    /// It should have a load balancer.
    SERVE,
    /// It should have none any more, and the finalizer says that it may have one.
    CLEAN_UP,
    /// Not ours: never written to.
    LEAVE
  }

  public Duty duty(ServiceView service) {
    if (service.loadBalancer() && !served(service)) {
      return Duty.LEAVE;
    }
    if (service.loadBalancer() && !service.deleting()) {
      return Duty.SERVE;
    }
    return service.hasFinalizer() && mayBeOurs(service) ? Duty.CLEAN_UP : Duty.LEAVE;
  }

  // The class is gone with the type, and others use the same finalizer. Whoever serves Services
  // without a class takes the place of the reference controller; otherwise our conditions tell.
  private boolean mayBeOurs(ServiceView service) {
    return service.loadBalancer()
        || classless
        || service.status().conditions().stream()
            .anyMatch(condition -> condition.type().equals(ServiceView.Condition.PROVISIONING));
  }

  private boolean served(ServiceView service) {
    return service.loadBalancerClass().map(classes::contains).orElse(classless);
  }
}
