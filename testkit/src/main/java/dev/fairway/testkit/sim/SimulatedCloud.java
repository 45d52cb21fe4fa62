// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/// A cloud in memory that outlives the "processes" (providers) that call it. Load balancers take a
/// while to become active, reads may lag behind writes, calls take time, and a script decides what
/// goes wrong at which call.
public final class SimulatedCloud implements CloudCalls {
  private final InstantSource clock;
  private final SharedSets sets = new SharedSets();
  private final Map<LoadBalancerKey, Stored> stored = new TreeMap<>();
  private final List<Call> calls = new ArrayList<>();
  private final Set<LoadBalancerKey> inFlight = new HashSet<>();
  private Options options;
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
    final Holdings holdings;
    SimulatedObserved before;
    int staleReadsLeft;

    Stored(LoadBalancerKey key, SharedSets sets) {
      holdings = new Holdings(key, sets);
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

  /// From now on calls take this long.
  public synchronized void takesPerCall(Duration latency) {
    options = new Options(latency, options.provisioning(), options.staleReads());
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

  /// The calls after the first `count`, in order.
  public synchronized List<Call> callsAfter(int count) {
    return List.copyOf(calls.subList(count, calls.size()));
  }

  /// How many calls there were so far.
  public synchronized int callCount() {
    return calls.size();
  }

  /// What is really there, past all faults and delays: the truth for assertions.
  public synchronized List<SimulatedObserved> truth() {
    return stored.keySet().stream().map(this::now).filter(SimulatedObserved::exists).toList();
  }

  /// Somebody removes everything under this key behind the controller's back.
  public synchronized void loseBehindTheBack(LoadBalancerKey key) {
    stored.remove(key);
  }

  /// Everything is removed, as [#loseBehindTheBack] does.
  public synchronized void loseEverything() {
    stored.clear();
  }

  @Override
  public List<SimulatedObserved> list() {
    return call("list", Optional.empty(), this::truth);
  }

  @Override
  public SimulatedObserved observe(LoadBalancerKey key) {
    return call("observe", Optional.of(key), () -> read(key));
  }

  @Override
  public SimulatedObserved apply(SimulatedAction action) {
    return call(
        action.getClass().getSimpleName(),
        Optional.of(action.key()),
        () -> {
          var before = now(action.key());
          var entry = stored.computeIfAbsent(action.key(), key -> new Stored(key, sets));
          var activeAt = clock.instant().plus(options.provisioning());
          entry.holdings.carryOut(action, this::newAddress, activeAt);
          entry.before = before;
          entry.staleReadsLeft = options.staleReads();
          return now(action.key());
        });
  }

  private <T> T call(String operation, Optional<LoadBalancerKey> key, Supplier<T> body) {
    Call call;
    Fault fault;
    Duration latency;
    synchronized (this) {
      latency = options.latency();
      call = new Call(calls.size() + 1, operation, key, clock.instant());
      calls.add(call);
      fault = script.at(call);
      if (key.isPresent() && !inFlight.add(key.get())) {
        overlaps++;
      }
    }
    try {
      pause(latency);
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
      case Fault.Hang(var until) -> {
        await(until);
        yield locked(body);
      }
      case Fault.None() -> locked(body);
    };
  }

  private synchronized <T> T locked(Supplier<T> body) {
    return body.get();
  }

  private void pause(Duration latency) {
    if (latency.isZero()) {
      return;
    }
    try {
      Thread.sleep(latency);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static void await(CountDownLatch until) {
    try {
      until.await();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static CloudException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CloudException.Unavailable("interrupted while calling the simulated cloud", e);
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
    return entry == null ? SimulatedObserved.nothing(key) : entry.holdings.at(clock.instant());
  }

  // TEST-NET-2 and -3 would run out in long tests; 198.18.0.0/15 is the benchmarking range of RFC
  // 2544.
  private String newAddress() {
    var number = ++addressesGiven;
    return "198.%d.%d.%d".formatted(18 + number / 62_500 % 2, number / 250 % 250, number % 250 + 1);
  }
}
