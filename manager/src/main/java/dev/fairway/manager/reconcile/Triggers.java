// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.ProviderEvents;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.manager.desired.ServiceScope.Duty;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ShareKey;
import dev.fairway.manager.queue.Priority;
import dev.fairway.manager.queue.WorkQueue;
import java.util.Optional;

/// From what happens, in the cluster and in the cloud, to the load balancers that it concerns.
public final class Triggers implements ProviderEvents {
  private final ServiceScope scope;
  private final World world;
  private final WorkQueue<LoadBalancerKey> queue;
  private final Reconciler<?, ?> reconciler;
  private final Workers workers;

  public Triggers(
      ServiceScope scope,
      World world,
      WorkQueue<LoadBalancerKey> queue,
      Reconciler<?, ?> reconciler,
      Workers workers) {
    this.scope = scope;
    this.world = world;
    this.queue = queue;
    this.reconciler = reconciler;
    this.workers = workers;
  }

  /// A Service came, changed or went.
  public void serviceChanged(Optional<ServiceView> before, Optional<ServiceView> after) {
    var oldKey = before.map(ShareKey::groupOf);
    var newKey = after.map(ShareKey::groupOf);
    oldKey
        .filter(key -> newKey.isPresent() && !newKey.equals(oldKey))
        .ifPresent(key -> queue.add(key, priority(after)));
    newKey
        .or(() -> oldKey)
        .ifPresent(key -> {
          if (after.map(this::ours).orElse(false)
              || before.map(this::ours).orElse(false)
              || reconciler.mayExist(key)) {
            queue.add(key, priority(after));
          }
        });
  }

  private boolean ours(ServiceView service) {
    return scope.duty(service) != Duty.LEAVE;
  }

  // Somebody waits for a Service that has no address yet or is going away; the others work already.
  private static Priority priority(Optional<ServiceView> service) {
    var urgent =
        service.map(now -> now.deleting() || now.status().ingress().isEmpty()).orElse(true);
    return urgent ? Priority.URGENT : Priority.NORMAL;
  }

  /// The nodes with ready endpoints of a Service of this group are others now.
  public void endpointsChanged(LoadBalancerKey key) {
    if (world.services(key).stream().anyMatch(this::ours)) {
      queue.add(key, Priority.NORMAL);
    }
  }

  /// The nodes that take traffic, or those that are leaving, are others now.
  public void targetsChanged() {
    world.allServices().stream()
        .filter(service -> scope.duty(service) == Duty.SERVE)
        .map(ShareKey::groupOf)
        .distinct()
        .forEach(key -> queue.add(key, Priority.NORMAL));
  }

  /// What is there and nobody claims needs a decision too.
  public void lookAtUnclaimed() {
    reconciler.unclaimed().forEach(key -> queue.add(key, Priority.NORMAL));
  }

  /// Looks at everything in the cloud again. Returns how many load balancers need a closer look.
  ///
  /// @throws dev.fairway.cloud.error.CloudException when the look failed
  public int lookAtEverything(ClusterId cluster) {
    var keys = reconciler.audit(cluster);
    keys.forEach(key -> queue.add(key, Priority.NORMAL));
    return keys.size();
  }

  @Override
  public void changed(LoadBalancerKey key) {
    reconciler.outdated(key);
    queue.add(key, Priority.NORMAL);
  }

  @Override
  public void everythingChanged() {
    reconciler.everythingOutdated();
    targetsChanged();
  }

  @Override
  public void resourcesFreed() {
    workers.resourcesFreed();
  }
}
