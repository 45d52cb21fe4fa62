// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.Observed;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Load balancers that this cluster owns and no Service claims, because its Services went without
/// saying goodbye. They are reported, and deleted only when the operator has asked for it and a
/// grace time is over: somebody may have taken the finalizer off to keep them.
///
/// Safe for use by several threads.
public final class Orphans {
  private final InstantSource clock;
  private final Settings settings;
  private final Map<LoadBalancerKey, Orphan> orphans = new ConcurrentHashMap<>();

  /// @param delete whether orphans are deleted at all
  /// @param grace how long an orphan stays
  public record Settings(boolean delete, Duration grace) {}

  /// @param since when this process found it
  /// @param deletedAfter when it will be deleted; empty when it will not
  public record Orphan(
      LoadBalancerKey key, List<Ingress> ingress, Instant since, Optional<Instant> deletedAfter) {
    public Orphan {
      ingress = List.copyOf(ingress);
    }
  }

  public Orphans(InstantSource clock, Settings settings) {
    this.clock = clock;
    this.settings = settings;
  }

  /// All that are known, by key.
  public List<Orphan> known() {
    return orphans.values().stream().sorted(Comparator.comparing(Orphan::key)).toList();
  }

  public int count() {
    return orphans.size();
  }

  void found(Observed seen) {
    var now = clock.instant();
    var after =
        settings.delete() ? Optional.of(now.plus(settings.grace())) : Optional.<Instant>empty();
    orphans.computeIfAbsent(seen.key(), key -> new Orphan(key, seen.ingress(), now, after));
  }

  /// A Service claims it, or nothing is left of it.
  void settled(LoadBalancerKey key) {
    orphans.remove(key);
  }

  /// Whether it may be deleted now.
  boolean mayGo(LoadBalancerKey key) {
    return due(key).map(Duration::isZero).orElse(false);
  }

  /// In which time it may be deleted; empty when it never will be.
  Optional<Duration> due(LoadBalancerKey key) {
    return Optional.ofNullable(orphans.get(key))
        .flatMap(Orphan::deletedAfter)
        .map(at -> Duration.between(clock.instant(), at))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }
}
