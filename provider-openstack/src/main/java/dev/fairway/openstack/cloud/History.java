// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.model.Troubles;
import dev.fairway.openstack.spec.Half;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was tried for load balancers that did not get well. Thread-safe.
final class History {
  private static final Duration REMEMBERED = Duration.ofHours(1);

  private final InstantSource clock;
  private final Map<String, Instant> failovers = new HashMap<>();
  private final Map<Place, List<Instant>> made = new HashMap<>();
  private final Set<String> notNeeded = new HashSet<>();
  private boolean failoverDenied;

  History(InstantSource clock) {
    this.clock = clock;
  }

  private record Place(LoadBalancerKey key, Half half) {}

  synchronized void failedOver(String id) {
    failovers.put(id, clock.instant());
  }

  /// The cloud permits failovers to its operators only.
  synchronized void failoverDenied() {
    failoverDenied = true;
  }

  synchronized void made(LoadBalancerKey key, Half half) {
    var now = clock.instant();
    made.values().forEach(times -> times.removeIf(at -> at.plus(REMEMBERED).isBefore(now)));
    made.values().removeIf(List::isEmpty);
    made.computeIfAbsent(new Place(key, half), _ -> new ArrayList<>()).add(now);
  }

  /// We delete it, and make none in its place.
  synchronized void notNeeded(String id) {
    notNeeded.add(id);
  }

  synchronized void forget(String id) {
    failovers.remove(id);
    notNeeded.remove(id);
  }

  synchronized Troubles of(
      String id, LoadBalancerKey key, Half half, Optional<Instant> pendingSince) {
    return new Troubles(
        pendingSince,
        Optional.ofNullable(failovers.get(id)),
        failoverDenied,
        List.copyOf(made.getOrDefault(new Place(key, half), List.of())),
        notNeeded.contains(id));
  }
}
