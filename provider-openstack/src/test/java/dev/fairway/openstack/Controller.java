// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Await;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.openstack.model.OpenStackObserved;
import dev.fairway.openstack.plan.OpenStackAction;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Does with a provider what the controller does: plans and applies, and comes again when it is
/// told, and only then. Keys may be reached by several threads, each by one.
final class Controller implements AutoCloseable {
  private static final int MOST_ROUNDS = 60;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  // A pause that is meant to pass, and not only in case that nobody tells.
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(20);

  private final OpenStackWorld world;
  private final InstantSource clock;
  private final String[] options;
  private final Map<LoadBalancerKey, BlockingQueue<LoadBalancerKey>> news =
      new ConcurrentHashMap<>();
  private volatile OpenStackProvider provider;

  /// @param options lines of the section `[LoadBalancer]`
  Controller(OpenStackWorld world, String... options) {
    this(world, Clock.systemUTC(), options);
  }

  Controller(OpenStackWorld world, InstantSource clock, String... options) {
    this.world = world;
    this.clock = clock;
    this.options = options;
    this.provider = world.provider(key -> of(key).add(key), clock, options);
  }

  private BlockingQueue<LoadBalancerKey> of(LoadBalancerKey key) {
    return news.computeIfAbsent(key, _ -> new LinkedBlockingQueue<>());
  }

  OpenStackProvider provider() {
    return provider;
  }

  /// The process dies, with all that it remembered, and another one begins.
  void restart() {
    kill();
    provider = world.provider(key -> of(key).add(key), clock, options);
  }

  void kill() {
    provider.close();
  }

  /// What is seen now and then, of everything.
  List<OpenStackObserved> audit() {
    return provider.list(OpenStackWorld.CLUSTER);
  }

  OpenStackObserved reach(Asked asked) {
    return reach(asked.present());
  }

  OpenStackObserved remove(Asked asked) {
    return reach(asked.absent());
  }

  /// Until nothing is left to do and to wait for.
  OpenStackObserved reach(Desired desired) {
    return reach(desired, () -> false);
  }

  /// @param dead whether the process is gone, so that it does nothing more
  OpenStackObserved reach(Desired desired, BooleanSupplier dead) {
    var steps = new ArrayList<String>();
    for (var round = 0; round < MOST_ROUNDS; round++) {
      if (dead.getAsBoolean()) {
        throw new IllegalStateException("dead after %s".formatted(steps));
      }
      var rest = pass(desired, steps);
      if (rest.isEmpty()) {
        return provider.observe(desired.key());
      }
      if (rest.get().isPositive() && !told(desired.key(), rest.get())) {
        throw new AssertionError(
            "nobody told that %s can go on after %s; the plan is %s"
                .formatted(desired.key(), steps, planned(desired)));
      }
    }
    throw new AssertionError("no end of %s".formatted(steps));
  }

  /// Waits for news of a key, and takes all that there are.
  private boolean told(LoadBalancerKey key, Duration time) {
    try {
      var first = of(key).poll(time.toMillis(), TimeUnit.MILLISECONDS);
      of(key).clear();
      return first != null || time.compareTo(SHORT) <= 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Only what is told from now on counts.
  void forgetNews(Asked asked) {
    of(asked.key()).clear();
  }

  /// Waits until the provider tells of a key.
  void awaitNews(Asked asked) {
    if (!told(asked.key(), PATIENCE)) {
      throw new AssertionError("nobody told of " + asked.key());
    }
  }

  /// Goes once through the steps, as far as they can be taken now. Returns what was carried out.
  List<String> pass(Desired desired) {
    var steps = new ArrayList<String>();
    var _ = pass(desired, steps);
    return steps;
  }

  // How long to wait for news; zero to come again at once, empty for never.
  private Optional<Duration> pass(Desired desired, List<String> steps) {
    try {
      var seen = provider.observe(desired.key());
      var plan = provider.plan(desired, seen);
      provider.noted(desired.key(), plan.notes());
      for (var action : plan.actions()) {
        seen = provider.apply(action, seen);
        steps.add(action.summary());
      }
      if (plan.await().isPresent() && provider.plan(desired, seen).isEmpty()) {
        return provider.plan(desired, seen).await().map(Controller::patience);
      }
      return plan.isEmpty() ? Optional.empty() : Optional.of(Duration.ZERO);
    } catch (CloudException e) {
      steps.add(e.getClass().getSimpleName());
      return switch (e) {
        case CloudException.NotReady _ -> Optional.of(PATIENCE);
        case CloudException.Conflict _ -> Optional.of(Duration.ZERO);
        case CloudException.Unavailable _ -> Optional.of(AFTER_FAILURE);
        case CloudException.Throttled _ -> Optional.of(AFTER_FAILURE);
        case CloudException.Denied _ -> throw e;
        case CloudException.QuotaExceeded _ -> throw e;
        case CloudException.Rejected _ -> throw e;
      };
    }
  }

  private static Duration patience(Await await) {
    return await.after().compareTo(SHORT) <= 0 ? await.after() : PATIENCE;
  }

  /// What would be done now.
  Plan<OpenStackAction> planned(Desired desired) {
    return provider.plan(desired, provider.observe(desired.key()));
  }

  /// Codes of what there is to tell.
  List<String> notes(Asked asked) {
    return planned(asked.present()).notes().stream().map(Note::code).toList();
  }

  @Override
  public void close() {
    kill();
  }
}
