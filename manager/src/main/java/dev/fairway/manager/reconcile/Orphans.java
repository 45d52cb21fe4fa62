// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.Observed;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.ServiceRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Load balancers that this cluster owns and no Service claims. Of two kinds: those that their
/// Services left for another group, which go at once, and orphans, whose Services went without
/// saying goodbye. Those are reported, and deleted only when the operator has asked for it and a
/// grace time is over: somebody may have taken the finalizer off to keep them.
///
/// Safe for use by several threads.
public final class Orphans {
  private final InstantSource clock;
  private final Settings settings;
  private final Map<LoadBalancerKey, Left> left = new ConcurrentHashMap<>();
  private final Map<LoadBalancerKey, Orphan> orphans = new ConcurrentHashMap<>();
  private final AtomicLong counter = new AtomicLong();

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

  // Services can leave while a pass is under way that still saw them as members: that pass must not
  // forget what came after it looked.
  private record Left(Set<String> uids, long stamp) {
    Left with(String uid, long now) {
      var all = new HashSet<>(uids);
      all.add(uid);
      return new Left(Set.copyOf(all), now);
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

  /// To be asked for before looking at the Services of a group.
  long stamp() {
    return counter.incrementAndGet();
  }

  /// This Service is in another group now. Returns whether that is news about the load balancer.
  boolean left(LoadBalancerKey key, ServiceRef service) {
    orphans.remove(key);
    var already = left.containsKey(key);
    left.merge(
        key,
        new Left(Set.of(service.uid()), stamp()),
        (before, now) -> before.with(service.uid(), now.stamp()));
    return !already;
  }

  void found(Observed seen) {
    var now = clock.instant();
    var after =
        settings.delete() ? Optional.of(now.plus(settings.grace())) : Optional.<Instant>empty();
    orphans.computeIfAbsent(seen.key(), key -> new Orphan(key, seen.ingress(), now, after));
  }

  /// Other Services claim it, as was seen after this stamp was taken, and nothing is left there of
  /// those that left.
  void claimed(LoadBalancerKey key, long stamp) {
    left.computeIfPresent(key, (_, one) -> one.stamp() < stamp ? null : one);
    orphans.remove(key);
  }

  /// Nothing is left of it.
  void settled(LoadBalancerKey key) {
    left.remove(key);
    orphans.remove(key);
  }

  /// Whether something that this Service left is still there.
  boolean leftSomething(ServiceRef service) {
    return left.values().stream().anyMatch(one -> one.uids().contains(service.uid()));
  }

  boolean wasLeft(LoadBalancerKey key) {
    return left.containsKey(key);
  }

  /// Whether it may be deleted now.
  boolean mayGo(LoadBalancerKey key) {
    return wasLeft(key) || due(key).map(Duration::isZero).orElse(false);
  }

  /// In which time it may be deleted; empty when it never will be.
  Optional<Duration> due(LoadBalancerKey key) {
    return Optional.ofNullable(orphans.get(key))
        .flatMap(Orphan::deletedAfter)
        .map(at -> Duration.between(clock.instant(), at))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait);
  }
}
