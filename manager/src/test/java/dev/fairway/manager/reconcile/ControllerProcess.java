// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import dev.fairway.cloud.Capabilities;
import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.cloud.plan.PlanPolicy;
import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.manager.election.Fence;
import dev.fairway.manager.queue.WorkQueue;
import dev.fairway.testkit.sim.SimulatedAction;
import dev.fairway.testkit.sim.SimulatedCloud;
import dev.fairway.testkit.sim.SimulatedObserved;
import dev.fairway.testkit.sim.SimulatedProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// One life of a controller, wired as the real one is but for the real clock and the real API
/// server. It can be killed at any write; whatever it is asked to do after that, it does not do.
final class ControllerProcess {
  static final ClusterId CLUSTER = new ClusterId("test");

  final WorkQueue<LoadBalancerKey> queue;
  final Reconciler<SimulatedObserved, SimulatedAction> reconciler;
  final Workers workers;
  final Triggers triggers;
  final Orphans orphans;
  final FakeCluster.Watch watch;
  final List<LoadBalancerKey> repaired = new CopyOnWriteArrayList<>();
  final List<LoadBalancerKey> orphansDeleted = new CopyOnWriteArrayList<>();
  final List<String> results = new CopyOnWriteArrayList<>();
  private final Death death;

  /// What a process is made of.
  ///
  /// @param onCall is told of each call to the cloud before it is made
  record Parts(
      SimulatedCloud cloud,
      FakeCluster cluster,
      MovedClock clock,
      long seed,
      ServiceScope scope,
      PlanPolicy policy,
      Orphans.Settings orphans,
      Fence fence,
      int workers,
      Consumer<String> onCall) {
    static Parts of(SimulatedCloud cloud, FakeCluster cluster, MovedClock clock) {
      return new Parts(
          cloud,
          cluster,
          clock,
          1,
          Stage.SCOPE,
          PlanPolicy.SYNC,
          new Orphans.Settings(false, Duration.ofHours(1)),
          Fence.none(),
          4,
          _ -> {});
    }

    Parts withFence(Fence other) {
      return new Parts(cloud, cluster, clock, seed, scope, policy, orphans, other, workers, onCall);
    }

    Parts withOrphans(Orphans.Settings other) {
      return new Parts(cloud, cluster, clock, seed, scope, policy, other, fence, workers, onCall);
    }

    Parts withScope(ServiceScope other) {
      return new Parts(cloud, cluster, clock, seed, other, policy, orphans, fence, workers, onCall);
    }

    Parts withSeed(long other) {
      return new Parts(
          cloud, cluster, clock, other, scope, policy, orphans, fence, workers, onCall);
    }

    Parts withPolicy(PlanPolicy other) {
      return new Parts(cloud, cluster, clock, seed, scope, other, orphans, fence, workers, onCall);
    }

    Parts telling(Consumer<String> other) {
      return new Parts(cloud, cluster, clock, seed, scope, policy, orphans, fence, workers, other);
    }
  }

  /// Stands for the end of the process.
  static final class Died extends Error {
    private static final long serialVersionUID = 1;

    Died() {
      super("killed", null, false, false);
    }
  }

  /// When the process dies: at the n-th of the points before and after each write.
  static final class Death {
    private int points;
    private int at = Integer.MAX_VALUE;
    private boolean dead;

    synchronized void at(int point) {
      points = 0;
      at = point;
    }

    synchronized int points() {
      return points;
    }

    synchronized boolean dead() {
      return dead;
    }

    synchronized void now() {
      dead = true;
    }

    synchronized void point() {
      if (!dead && ++points == at) {
        dead = true;
      }
      check();
    }

    synchronized void check() {
      if (dead) {
        throw new Died();
      }
    }
  }

  ControllerProcess(Parts parts) {
    this(parts, new Death());
  }

  ControllerProcess(Parts parts, Death death) {
    this.death = death;
    queue = new WorkQueue<>(parts.clock(), new Random(parts.seed()));
    orphans = new Orphans(parts.clock(), parts.orphans());
    watch =
        parts.cluster()
        .new Watch(() -> {
          parts.fence().check();
          death.point();
        });
    reconciler =
        new Reconciler<>(
            new Mortal(new SimulatedProvider(parts.cloud()), death, parts.onCall()),
            parts.scope(),
            parts.policy(),
            watch,
            watch,
            parts.fence(),
            orphans,
            new Reconciler.Journal() {
              @Override
              public void applied(Action action, long tookMillis) {}

              @Override
              public void repaired(LoadBalancerKey key) {
                repaired.add(key);
              }

              @Override
              public void orphanDeleted(LoadBalancerKey key) {
                orphansDeleted.add(key);
              }
            });
    workers =
        new Workers(
            queue,
            reconciler,
            (_, _) -> results::add,
            new PassHistory(parts.clock()),
            parts.workers());
    triggers = new Triggers(parts.scope(), watch, queue, reconciler, workers);
  }

  /// What a new leader does first.
  void begin() {
    reconciler.warmUp(CLUSTER);
    watch.start(triggers);
    triggers.lookAtUnclaimed();
  }

  Death death() {
    return death;
  }

  /// Works on all that is ready, as if taken by as many workers at once and carried out in this
  /// order. Returns whether there was anything.
  boolean workOnAll(boolean lastFirst) {
    var taken = new ArrayList<LoadBalancerKey>();
    for (var next = queue.poll(); next.isPresent(); next = queue.poll()) {
      taken.add(next.get());
    }
    (lastFirst ? taken.reversed() : taken).forEach(workers::process);
    death.check();
    return !taken.isEmpty();
  }

  /// The provider of a process that can be killed.
  private static final class Mortal implements CloudProvider<SimulatedObserved, SimulatedAction> {
    private final SimulatedProvider provider;
    private final Death death;
    private final Consumer<String> onCall;

    Mortal(SimulatedProvider provider, Death death, Consumer<String> onCall) {
      this.provider = provider;
      this.death = death;
      this.onCall = onCall;
    }

    @Override
    public Capabilities capabilities() {
      return provider.capabilities();
    }

    @Override
    public List<SimulatedObserved> list(ClusterId cluster) {
      death.check();
      onCall.accept("list");
      return provider.list(cluster);
    }

    @Override
    public SimulatedObserved observe(LoadBalancerKey key) {
      death.check();
      onCall.accept("observe " + key);
      return provider.observe(key);
    }

    @Override
    public Plan<SimulatedAction> plan(Desired desired, SimulatedObserved seen) {
      return provider.plan(desired, seen);
    }

    @Override
    public SimulatedObserved apply(SimulatedAction action, SimulatedObserved seen) {
      death.point();
      onCall.accept(action.summary());
      try {
        return provider.apply(action, seen);
      } finally {
        death.point();
      }
    }

    @Override
    public void close() {}
  }
}
