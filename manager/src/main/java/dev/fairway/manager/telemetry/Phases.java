// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ServiceView.Condition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Follows each Service from when it first wants a load balancer until it is served, by what stands
/// on it: what is measured is what users can see. What others had begun with before is not
/// measured, because nobody knows since when.
///
/// Holds one entry for each Service of ours that exists. Safe for use by several threads.
public final class Phases {
  private final ServiceScope scope;
  private final InstantSource clock;
  private final BiConsumer<Phase, Duration> reached;
  private final Map<String, Followed> services = new HashMap<>();

  /// What a Service has reached, counted from when it was first seen to want it.
  public enum Phase {
    /// An address stands in its status.
    ADDRESS,
    /// Clients can connect.
    SERVING,
    /// All was taken down, and the Service is free to go.
    CLEANUP
  }

  /// How a Service is.
  public enum State {
    /// Clients can connect, and nothing is left to do.
    SERVED,
    /// Clients can connect, and something is still to be done.
    CHANGING,
    /// Clients cannot connect.
    PENDING,
    /// Its load balancer is being taken down.
    LEAVING
  }

  // A phase that is not waited for has no time: it was reached, or nobody knows since when.
  private record Followed(
      State state,
      String reason,
      Optional<Instant> address,
      Optional<Instant> serving,
      Optional<Instant> cleanup) {}

  /// @param reached is told how long a phase took; must not block
  public Phases(ServiceScope scope, InstantSource clock, BiConsumer<Phase, Duration> reached) {
    this.scope = scope;
    this.clock = clock;
    this.reached = reached;
  }

  /// A Service was added, changed or went away: before and after.
  public synchronized void changed(Optional<ServiceView> before, Optional<ServiceView> after) {
    before.filter(old -> !sameObject(old, after)).ifPresent(old -> gone(old.ref().uid()));
    after.ifPresent(this::seen);
  }

  /// How many Services are in each state, by its name in lower case.
  public synchronized Map<String, Integer> states() {
    var counts = new TreeMap<String, Integer>();
    for (var state : State.values()) {
      counts.put(Reasons.word(state), 0);
    }
    services.values().forEach(one -> counts.merge(Reasons.word(one.state()), 1, Integer::sum));
    return counts;
  }

  /// How many Services are in a state, by the reason that stands on them.
  public synchronized Map<String, Integer> reasons(State state) {
    var counts = new TreeMap<String, Integer>();
    services.values().stream()
        .filter(one -> one.state() == state)
        .forEach(one -> counts.merge(one.reason(), 1, Integer::sum));
    return Reasons.bounded(counts);
  }

  private static boolean sameObject(ServiceView old, Optional<ServiceView> after) {
    return after.map(now -> now.ref().uid().equals(old.ref().uid())).orElse(false);
  }

  private void seen(ServiceView service) {
    var uid = service.ref().uid();
    var known = Optional.ofNullable(services.get(uid));
    switch (scope.duty(service)) {
      case SERVE -> services.put(uid, wanted(service, known));
      case CLEAN_UP -> services.put(uid, leaving(known));
      case LEAVE -> gone(uid);
    }
  }

  private Followed wanted(ServiceView service, Optional<Followed> known) {
    var before =
        known.filter(one -> one.state() != State.LEAVING).orElseGet(() -> firstSeen(service));
    var serving = condition(service, Condition.SERVING).filter(Condition::status).isPresent();
    return new Followed(
        state(service, serving),
        reason(service, serving),
        service.served() ? end(Phase.ADDRESS, before.address()) : before.address(),
        serving ? end(Phase.SERVING, before.serving()) : before.serving(),
        Optional.empty());
  }

  private Followed firstSeen(ServiceView service) {
    var others = service.served() || condition(service, Condition.PROVISIONING).isPresent();
    var since = others ? Optional.<Instant>empty() : Optional.of(clock.instant());
    return new Followed(State.PENDING, "", since, since, Optional.empty());
  }

  private Followed leaving(Optional<Followed> known) {
    var since =
        known.flatMap(
            one -> one.state() == State.LEAVING ? one.cleanup() : Optional.of(clock.instant()));
    return new Followed(State.LEAVING, "", Optional.empty(), Optional.empty(), since);
  }

  private void gone(String uid) {
    Optional.ofNullable(services.remove(uid)).ifPresent(one -> end(Phase.CLEANUP, one.cleanup()));
  }

  private Optional<Instant> end(Phase phase, Optional<Instant> since) {
    since.ifPresent(start -> reached.accept(phase, Duration.between(start, clock.instant())));
    return Optional.empty();
  }

  private static State state(ServiceView service, boolean serving) {
    if (!serving) {
      return State.PENDING;
    }
    return condition(service, Condition.PROVISIONING).filter(Condition::status).isPresent()
        ? State.CHANGING
        : State.SERVED;
  }

  private static String reason(ServiceView service, boolean serving) {
    return condition(service, serving ? Condition.PROVISIONING : Condition.SERVING)
        .map(Condition::reason)
        .orElse(Reasons.NEW);
  }

  private static Optional<Condition> condition(ServiceView service, String type) {
    return service.status().conditions().stream()
        .filter(condition -> condition.type().equals(type))
        .findFirst();
  }
}
