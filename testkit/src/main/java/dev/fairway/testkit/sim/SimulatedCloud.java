// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.sim.SimulatedObserved.LoadBalancer;
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
import java.util.TreeMap;
import java.util.function.Supplier;

/// A cloud in memory that outlives the "processes" (providers) that call it. Load balancers take a
/// while to become active, reads may lag behind writes, calls take time, and a script decides what
/// goes wrong at which call.
public final class SimulatedCloud {
  private final InstantSource clock;
  private final Options options;
  private final Map<LoadBalancerKey, Stored> stored = new TreeMap<>();
  private final List<Call> calls = new ArrayList<>();
  private final Set<LoadBalancerKey> inFlight = new HashSet<>();
  private int overlaps;
  private int addressesGiven;
  private Fault.Script script = Fault.Script.none();

  /// @param latency how long each call takes; slept on the calling thread
  /// @param provisioning how long a new load balancer is not active, by the clock
  /// @param staleReads how many reads of a key after each write still show what was before it
  public record Options(Duration latency, Duration provisioning, int staleReads) {
    /// Immediate and consistent.
    public static Options ideal() {
      return new Options(Duration.ZERO, Duration.ZERO, 0);
    }
  }

  private static final class Stored {
    Optional<String> address = Optional.empty();
    Instant activeAt = Instant.MIN;
    final Map<String, String> listeners = new HashMap<>();
    final Map<String, Set<String>> groups = new HashMap<>();
    final Map<String, Set<String>> draining = new HashMap<>();
    SimulatedObserved before;
    int staleReadsLeft;

    Stored(LoadBalancerKey key) {
      before = SimulatedObserved.nothing(key);
    }
  }

  public SimulatedCloud(InstantSource clock, Options options) {
    this.clock = clock;
    this.options = options;
  }

  /// From now on this script decides.
  public synchronized void inject(Fault.Script next) {
    script = next;
  }

  /// Every call so far, in order.
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /// How many calls would have changed something, had they not been refused.
  public synchronized long mutatingCalls() {
    return calls.stream().filter(Call::mutating).count();
  }

  /// How often a call for a key began while another one for it was under way: a broken promise of
  /// the caller.
  public synchronized int overlaps() {
    return overlaps;
  }

  /// What is really there, past all faults and delays: the truth for assertions.
  public synchronized List<SimulatedObserved> truth() {
    return stored.keySet().stream().map(this::now).filter(SimulatedObserved::exists).toList();
  }

  /// Somebody removes everything under this key behind the controller's back.
  public synchronized void loseBehindTheBack(LoadBalancerKey key) {
    stored.remove(key);
  }

  List<SimulatedObserved> list() {
    return call("list", Optional.empty(), this::truth);
  }

  SimulatedObserved observe(LoadBalancerKey key) {
    return call("observe", Optional.of(key), () -> read(key));
  }

  SimulatedObserved apply(SimulatedAction action) {
    return call(
        action.getClass().getSimpleName(),
        Optional.of(action.key()),
        () -> {
          var before = now(action.key());
          var entry = stored.computeIfAbsent(action.key(), Stored::new);
          write(action, entry);
          entry.before = before;
          entry.staleReadsLeft = options.staleReads();
          return now(action.key());
        });
  }

  private <T> T call(String operation, Optional<LoadBalancerKey> key, Supplier<T> body) {
    Call call;
    Fault fault;
    synchronized (this) {
      call = new Call(calls.size() + 1, operation, key);
      calls.add(call);
      fault = script.at(call);
      if (key.isPresent() && !inFlight.add(key.get())) {
        overlaps++;
      }
    }
    try {
      pause();
      return carryOut(call, fault, body);
    } finally {
      synchronized (this) {
        key.ifPresent(inFlight::remove);
      }
    }
  }

  private <T> T carryOut(Call call, Fault fault, Supplier<T> body) {
    return switch (fault) {
      case Fault.Refuse(var error) -> throw error.get();
      case Fault.CrashBefore() -> throw new Fault.SimulatedCrash(call);
      case Fault.LoseAnswer(var error) -> {
        locked(body);
        throw error.get();
      }
      case Fault.CrashAfter() -> {
        locked(body);
        throw new Fault.SimulatedCrash(call);
      }
      case Fault.None() -> locked(body);
    };
  }

  private synchronized <T> T locked(Supplier<T> body) {
    return body.get();
  }

  private void pause() {
    if (options.latency().isZero()) {
      return;
    }
    try {
      Thread.sleep(options.latency());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloudException.Unavailable("interrupted while calling the simulated cloud", e);
    }
  }

  private SimulatedObserved read(LoadBalancerKey key) {
    var entry = stored.get(key);
    if (entry != null && entry.staleReadsLeft > 0) {
      entry.staleReadsLeft--;
      return entry.before;
    }
    return now(key);
  }

  private SimulatedObserved now(LoadBalancerKey key) {
    var entry = stored.get(key);
    if (entry == null) {
      return SimulatedObserved.nothing(key);
    }
    var active = !clock.instant().isBefore(entry.activeAt);
    return new SimulatedObserved(
        key,
        entry.address.map(address -> new LoadBalancer(address, active)),
        entry.listeners,
        entry.groups,
        entry.draining);
  }

  private void write(SimulatedAction action, Stored entry) {
    switch (action) {
      case SimulatedAction.CreateTargetGroup create ->
          entry.groups.computeIfAbsent(create.group(), _ -> new HashSet<>());
      case SimulatedAction.CreateLoadBalancer _ -> createLoadBalancer(entry);
      case SimulatedAction.CreateListener create ->
          pointListener(entry, create.frontend(), create.group());
      case SimulatedAction.PointListener point ->
          pointListener(entry, point.frontend(), point.group());
      case SimulatedAction.RegisterTargets register -> {
        group(entry, register.group()).addAll(register.nodes());
        stopDraining(entry, register.group(), register.nodes());
      }
      case SimulatedAction.DrainTargets drain -> {
        group(entry, drain.group()).removeAll(drain.nodes());
        entry.draining.computeIfAbsent(drain.group(), _ -> new HashSet<>()).addAll(drain.nodes());
      }
      case SimulatedAction.DeregisterTargets deregister -> {
        group(entry, deregister.group()).removeAll(deregister.nodes());
        stopDraining(entry, deregister.group(), deregister.nodes());
      }
      case SimulatedAction.DeleteListener delete -> entry.listeners.remove(delete.frontend());
      case SimulatedAction.DeleteTargetGroup delete -> deleteGroup(entry, delete.group());
      case SimulatedAction.DeleteLoadBalancer _ -> {
        entry.address = Optional.empty();
        entry.listeners.clear();
      }
    }
  }

  private static void stopDraining(Stored entry, String group, Set<String> nodes) {
    entry.draining.computeIfPresent(
        group,
        (_, draining) -> {
          draining.removeAll(nodes);
          return draining.isEmpty() ? null : draining;
        });
  }

  private void createLoadBalancer(Stored entry) {
    if (entry.address.isEmpty()) {
      addressesGiven++;
      // TEST-NET-2 and -3 would run out in long tests; 198.18.0.0/15 is the benchmarking range of
      // RFC 2544.
      entry.address =
          Optional.of("198.18.%d.%d".formatted(addressesGiven / 250, addressesGiven % 250 + 1));
      entry.activeAt = clock.instant().plus(options.provisioning());
    }
  }

  private static void pointListener(Stored entry, String frontend, String group) {
    if (entry.address.isEmpty()) {
      throw new CloudException.Conflict("listener %s: no load balancer".formatted(frontend), null);
    }
    group(entry, group);
    entry.listeners.put(frontend, group);
  }

  private static Set<String> group(Stored entry, String name) {
    var nodes = entry.groups.get(name);
    if (nodes == null) {
      throw new CloudException.Conflict("target group %s is not there".formatted(name), null);
    }
    return nodes;
  }

  private static void deleteGroup(Stored entry, String group) {
    if (entry.listeners.containsValue(group)) {
      throw new CloudException.Conflict("target group %s is in use".formatted(group), null);
    }
    entry.groups.remove(group);
    entry.draining.remove(group);
  }
}
