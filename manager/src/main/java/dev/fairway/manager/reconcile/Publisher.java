// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.report.StatusChange;
import java.util.List;

/// What the reconciler writes to the cluster. Every write is refused once the Lease is lost.
public interface Publisher {
  /// Puts the finalizer on a Service. Returns when the API server has it.
  void addFinalizer(ServiceView service);

  /// Takes the finalizer off, and with it what we wrote into the status.
  void removeFinalizer(ServiceView service);

  /// Writes status and conditions as one patch, then the events.
  void publish(ServiceView service, StatusChange change);

  /// Tells of events only.
  void tell(ServiceView service, List<StatusChange.EventText> events);
}
