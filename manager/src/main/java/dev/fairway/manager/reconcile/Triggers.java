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
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
    if (before.map(Triggers::withoutReports).equals(after.map(Triggers::withoutReports))) {
      return;
    }
    // Our own finalizer, and what others write into the status, mend nothing that failed.
    var asksTheSame = before.map(Triggers::asked).equals(after.map(Triggers::asked));
    var oldKey = before.map(ShareKey::groupOf);
    var newKey = after.map(ShareKey::groupOf);
    oldKey
        .filter(key -> newKey.isPresent() && !newKey.equals(oldKey))
        .ifPresent(key -> queue.add(key, priority(before, after)));
    newKey
        .or(() -> oldKey)
        .ifPresent(key -> {
          if (after.map(this::ours).orElse(false)
              || before.map(this::ours).orElse(false)
              || reconciler.mayExist(key)) {
            add(key, priority(before, after), asksTheSame);
          }
        });
    oldKey.filter(key -> !newKey.equals(Optional.of(key))).ifPresent(workers::serviceGone);
  }

  // Nothing follows from what we tell users. If a failure were tried again because it was reported,
  // it would never wait.
  private static ServiceView withoutReports(ServiceView service) {
    var status = service.status();
    return service.with(
        new ServiceView.Status(
            status.ingress(),
            status.ports(),
            status.conditions().stream()
                .filter(condition -> condition.type().equals(ServiceView.Condition.SHARED))
                .toList()));
  }

  private static ServiceView asked(ServiceView service) {
    return service.asReported().with(new ServiceView.Status(List.of(), List.of(), List.of()));
  }

  private void add(LoadBalancerKey key, Priority priority, boolean unlessHeld) {
    if (unlessHeld) {
      queue.addUnlessHeld(key, priority);
    } else {
      queue.add(key, priority);
    }
  }

  private boolean ours(ServiceView service) {
    return scope.duty(service) != Duty.LEAVE;
  }

  private static Priority priority(Optional<ServiceView> before, Optional<ServiceView> after) {
    return after.map(now -> somebodyWaits(before.isEmpty(), now)).orElse(true)
        ? Priority.URGENT
        : Priority.NORMAL;
  }

  // For a Service that has no address yet or is going away. After a start, those that were told why
  // they get none come after those that nobody has looked at.
  private static boolean somebodyWaits(boolean seenFirst, ServiceView service) {
    var told =
        service.status().conditions().stream()
            .anyMatch(condition ->
                condition.type().equals(ServiceView.Condition.SERVING)
                    && condition.observedGeneration() == service.generation());
    return service.deleting() || (!service.served() && !(seenFirst && told));
  }

  /// The nodes with ready endpoints of a Service of this group are others now, or the endpoints
  /// themselves where they are targets.
  public void endpointsChanged(LoadBalancerKey key) {
    if (world.services(key).stream().anyMatch(this::ours)) {
      queue.addUnlessHeld(key, Priority.NORMAL);
    }
  }

  /// The nodes that take traffic, or those that are leaving, are others now.
  public void targetsChanged() {
    targetsChanged(_ -> {});
  }

  /// The same.
  ///
  /// @param begins is told which load balancers that concerns, before the first of them is queued
  public void targetsChanged(Consumer<List<LoadBalancerKey>> begins) {
    var keys = served();
    begins.accept(keys);
    keys.forEach(key -> queue.addUnlessHeld(key, Priority.NORMAL));
  }

  private List<LoadBalancerKey> served() {
    return world.allServices().stream()
        .filter(service -> scope.duty(service) == Duty.SERVE)
        .map(ShareKey::groupOf)
        .distinct()
        .toList();
  }

  /// What is there and nobody claims needs a decision too.
  public void lookAtUnclaimed() {
    reconciler.unclaimed().forEach(key -> queue.addUnlessHeld(key, Priority.NORMAL));
  }

  /// Looks at everything in the cloud again. Returns how many load balancers need a closer look.
  ///
  /// @throws dev.fairway.cloud.error.CloudException when the look failed
  public int lookAtEverything(ClusterId cluster) {
    var keys = reconciler.audit(cluster);
    keys.forEach(key -> queue.addUnlessHeld(key, Priority.NORMAL));
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
    // The cloud may be in order again.
    served().forEach(key -> queue.add(key, Priority.NORMAL));
  }

  @Override
  public void resourcesFreed() {
    workers.resourcesFreed();
  }
}
