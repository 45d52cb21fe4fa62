// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Note;

/// How a provider tells the controller that something changed out there. Calls return at once.
/// Equal news is merged; but a load balancer of which a call has failed is tried again as soon as
/// it is told of here, where otherwise it would wait for the time that the failure asks for.
public interface ProviderEvents {

  /// What is cached of this load balancer is out of date: look, and plan again.
  void changed(LoadBalancerKey key);

  /// What is cached of any load balancer may be out of date.
  void everythingChanged();

  /// Something that load balancers may be waiting for has become free, such as an address: try
  /// those again that could not be served.
  void resourcesFreed();

  /// Something happened to this load balancer that its users should know, though nothing may be to
  /// be done: it becomes an event of its Services.
  default void happened(LoadBalancerKey key, Note note) {}
}
