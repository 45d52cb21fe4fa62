// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.report.StatusChange;
import java.util.List;

/// What the reconciler writes to the cluster. Every write is refused once the Lease is lost, and
/// with [dev.fairway.cloud.error.CloudException.Conflict] when the Service is not any more as the
/// pass saw it: it may have gone to another group, or to somebody else.
public interface Publisher {
  /// Puts the finalizer on a Service, and writes down to which group it belongs from now on.
  /// Returns when the API server has it.
  void addFinalizer(ServiceView service, LoadBalancerKey group);

  /// Nothing of a Service is left in the group that it was in: it belongs to this one now.
  void move(ServiceView service, LoadBalancerKey group);

  /// Takes the finalizer off, and with it what we wrote into the status.
  void removeFinalizer(ServiceView service);

  /// Writes status and conditions as one patch, then the events.
  void publish(ServiceView service, StatusChange change);

  /// Tells of events only.
  void tell(ServiceView service, List<StatusChange.EventText> events);
}
