// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.manager.desired.CoreAnnotations;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ShareKey;
import dev.fairway.testkit.sim.Call;
import dev.fairway.testkit.sim.Fault;
import dev.fairway.testkit.sim.SimulatedAction;
import dev.fairway.testkit.sim.SimulatedCloud;
import dev.fairway.testkit.sim.SimulatedProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything at once, at random: users who edit while passes are under way, a cloud that fails,
/// nodes that come and go, somebody who breaks things, processes that die. Each seed is one story,
/// told again exactly by the same seed.
class StressTest {
  private static final int STEPS = 400;
  private static final int LAST_LINES = Integer.getInteger("fairway.stress.lines", 40);
  private static final List<String> NAMES =
      List.of("default/a", "default/b", "default/c", "default/d", "blog/e", "blog/f");
  private static final List<String> GROUPS = List.of("x", "y", "default/x");

  private static final List<String> CLASSES = List.of("fairway.dev/simulated", "example.com/other");

  static List<Long> seeds() {
    var asked = Long.getLong("fairway.stress.seed");
    return asked == null
        ? new Random(20).longs(Integer.getInteger("fairway.stress.seeds", 40)).boxed().toList()
        : List.of(asked);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverHappensItEndsAsItShould(long seed) {
    new Story(seed).play();
  }

  private static final class Story {
    private final long seed;
    private final Random random;
    private final Stage stage;
    private final Map<String, Set<LoadBalancerKey>> groupsOf = new ConcurrentHashMap<>();
    private int depth;
    private int nodePorts = 30_000;
    private int changes;
    private int faults;
    private boolean calm = true;
    private final List<String> broken = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    Story(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.stage =
          new Stage(
              new SimulatedCloud.Options(
                  Duration.ZERO, Duration.ofMillis(random.nextInt(2) * 1500L), 0),
              random.nextBoolean(),
              parts -> parts.withSeed(seed).telling(this::duringCall));
      stage.cluster.onFinalizerGone = this::assertNothingIsLeftOf;
      stage.cluster.onWrite = this::duringWrite;
      stage.cluster.afterWrite = this::loseAnswer;
      stage.cloud.inject(this::fault);
    }

    void play() {
      calm = false;
      try {
        for (var step = 0; step < STEPS; step++) {
          change();
          if (random.nextInt(3) > 0) {
            work();
          }
        }
        rest();
      } catch (AssertionError | RuntimeException e) {
        var last = told.subList(Math.max(0, told.size() - LAST_LINES), told.size());
        throw new AssertionError(
            "seed %d: %s%n%s".formatted(seed, e.getMessage(), String.join("\n", last)), e);
      }
    }

    private void work() {
      try {
        stage.process.death().check();
        if (random.nextInt(4) == 0) {
          stage.clock.advance(Duration.ofMillis(random.nextInt(20_000)));
          if (stage.cluster.readNodes()) {
            stage.process.triggers.targetsChanged();
          }
        }
        if (random.nextBoolean()) {
          stage.process.watch.tellAll();
        } else {
          stage.process.watch.tellOne();
        }
        stage.process.workOnAll(random.nextBoolean());
      } catch (ControllerProcess.Died _) {
        told.add("killed");
        stage.restart();
      }
      assertThat(broken).isEmpty();
    }

    /// From now on all is well: everything must come to rest, as it should be.
    private void rest() {
      calm = true;
      stage.process.death().at(Integer.MAX_VALUE);
      if (stage.process.death().dead()) {
        stage.restart();
      }
      stage.quiet();
      assertThat(broken).isEmpty();
      audit();
      stage.quiet();
      // What was changed by hand in the end may have been found just now.
      stage.assertAsItShouldBe("seed " + seed);
      assertThat(stage.cluster.events.size())
          .as("events for %d changes and %d faults", changes, faults)
          .isLessThan(6 * (changes + faults));
      var calls = stage.cloud.calls().size();
      var writes = stage.cluster.writes.size();
      stage.restart().quiet();
      assertThat(stage.cloud.calls().subList(calls, stage.cloud.calls().size()))
          .as("a restart lists, and looks whether anything is left for those that are refused")
          .filteredOn(call ->
              call.mutating() || call.key().map(key -> stage.truth(key).exists()).orElse(false))
          .isEmpty();
      assertThat(stage.cluster.writes).as("a restart writes nothing").hasSize(writes);
      stage.deleteAllAndAssertNothingLeft("seed " + seed);
    }

    private void change() {
      if (calm) {
        return;
      }
      changes++;
      var name = NAMES.get(random.nextInt(NAMES.size()));
      var cluster = stage.cluster;
      switch (random.nextInt(25)) {
        case 0, 1, 2, 3 -> {
          if (cluster.service(name).isEmpty()) {
            cluster.create(name, this::addPort);
          }
        }
        case 4, 5 -> cluster.edit(name, this::addPort);
        case 6 ->
            cluster.edit(
                name,
                service -> {
                  if (service.nodePortOf.size() > 1) {
                    service.withoutPort(service.nodePortOf.keySet().iterator().next());
                  }
                });
        case 7 ->
            cluster.edit(name, service -> service.nodePortOf.replaceAll((_, _) -> nodePorts++));
        case 8, 9 ->
            cluster.edit(name, service -> service.share(GROUPS.get(random.nextInt(GROUPS.size()))));
        case 10 -> cluster.edit(name, StoredService::alone);
        case 11 -> cluster.edit(name, service -> service.permits("blog"));
        case 12 ->
            cluster.edit(
                name, service -> service.annotations.remove(CoreAnnotations.SHARE_WITH.key()));
        case 13 -> {
          cluster.edit(name, StoredService::clusterIp);
          if (random.nextInt(4) == 0) {
            cluster.edit(
                name,
                service -> {
                  service.loadBalancer = true;
                  service.loadBalancerClass = Optional.of(CLASSES.get(random.nextInt(2)));
                });
          }
        }
        case 14, 15 -> cluster.edit(name, service -> service.loadBalancer = true);
        case 16, 17 -> cluster.delete(name);
        case 18 ->
            cluster.edit(
                name,
                service ->
                    service.loadBalancerIp =
                        random.nextBoolean() ? Optional.empty() : Optional.of("198.51.100.1"));
        case 24 ->
            cluster.edit(
                name,
                service ->
                    service.sourceRanges = List.of("192.0.%d.0/24".formatted(random.nextInt(9))));
        case 19 ->
            cluster.edit(
                name,
                service -> {
                  if (service.annotations.remove(CoreAnnotations.SOURCE_RANGES.key()) == null) {
                    service.annotations.put(CoreAnnotations.SOURCE_RANGES.key(), "nonsense");
                  }
                });
        case 20 -> {
          cluster.nodes(1 + random.nextInt(4));
          stage.process.triggers.targetsChanged();
        }
        case 21 -> breakSomething();
        case 22 -> audit();
        case 23 -> {
          if (random.nextInt(3) == 0) {
            stage.process.death().at(1 + random.nextInt(20));
          } else {
            stage.process.triggers.everythingChanged();
          }
        }
        default -> throw new IllegalStateException();
      }
      told.add(
          depth + " now " + stage.cluster.service(name).map(Stage::brief).orElse("no " + name));
      remember();
    }

    // No two Services have the same node port.
    private void addPort(StoredService service) {
      service.nodePortOf.putIfAbsent(80 + random.nextInt(4), nodePorts++);
    }

    private void remember() {
      for (var service : stage.cluster.services()) {
        groupsOf
            .computeIfAbsent(service.ref().uid(), _ -> ConcurrentHashMap.newKeySet())
            .add(ShareKey.groupOf(service));
      }
    }

    private void audit() {
      try {
        stage.process.triggers.lookAtEverything(ControllerProcess.CLUSTER);
      } catch (CloudException | ControllerProcess.Died _) {
        faults++;
      }
    }

    private void breakSomething() {
      var there = stage.cloud.truth();
      if (depth > 0 || there.isEmpty()) {
        return;
      }
      var victim = there.get(random.nextInt(there.size()));
      var key = victim.key();
      var somebody = new SimulatedProvider(stage.cloud);
      try {
        switch (random.nextInt(4)) {
          case 0 -> stage.cloud.loseBehindTheBack(key);
          case 1 -> somebody.apply(new SimulatedAction.DeleteLoadBalancer(key), victim);
          case 2 -> somebody.apply(new SimulatedAction.CreateTargetGroup(key, "stray"), victim);
          default ->
              victim
                  .groups()
                  .forEach((group, nodes) ->
                      somebody.apply(
                          new SimulatedAction.DeregisterTargets(key, group, nodes), victim));
        }
      } catch (CloudException _) {
        faults++;
      }
    }

    private void duringCall(String call) {
      told.add("  " + call);
      assertSomebodyHolds(call);
      meddle();
    }

    private void duringWrite() {
      meddle();
      if (!calm && random.nextInt(40) == 0) {
        faults++;
        throw new CloudException.Unavailable("the API server is out of order", null);
      }
    }

    private void loseAnswer() {
      if (!calm && random.nextInt(40) == 0) {
        faults++;
        throw new CloudException.Unavailable("the API server did not answer", null);
      }
    }

    // Users do not wait for a pass to end, nor does the watch.
    private void meddle() {
      if (calm || depth > 0 || random.nextInt(6) > 0) {
        return;
      }
      depth++;
      try {
        change();
        if (random.nextBoolean()) {
          stage.process.watch.tellOne();
        }
      } finally {
        depth--;
      }
    }

    private Fault fault(Call call) {
      if (calm || random.nextInt(12) > 0) {
        return new Fault.None();
      }
      faults++;
      told.add("  fault at " + call);
      return switch (random.nextInt(6)) {
        case 0 ->
            new Fault.Refuse(
                () -> new CloudException.Throttled("slow", Duration.ofSeconds(3), null));
        case 1 ->
            new Fault.Refuse(() -> new CloudException.NotReady("busy", Duration.ofSeconds(1)));
        case 2 -> new Fault.Refuse(() -> new CloudException.Denied("no", "sim:Write", null));
        case 3 -> new Fault.Refuse(() -> new CloudException.Conflict("changed", null));
        case 4 -> new Fault.Refuse(() -> new CloudException.Unavailable("out of order", null));
        default -> new Fault.LoseAnswer(() -> new CloudException.Unavailable("no answer", null));
      };
    }

    /// Nothing is made that no Service with a finalizer would see to the end.
    private void assertSomebodyHolds(String call) {
      if (!call.startsWith("create ")) {
        return;
      }
      remember();
      var holders =
          stage.cluster.services().stream()
              .filter(ServiceView::hasFinalizer)
              .flatMap(service -> groupsOf.getOrDefault(service.ref().uid(), Set.of()).stream())
              .map(LoadBalancerKey::toString)
              .toList();
      if (holders.stream().noneMatch(call::contains)) {
        broken.add("nobody holds what comes of: %s, only %s".formatted(call, holders));
      }
    }

    /// A finalizer goes only when nothing is left of what was made for its Service.
    private void assertNothingIsLeftOf(ServiceView service) {
      remember();
      var others = new HashSet<LoadBalancerKey>();
      stage.cluster.services().stream()
          .filter(other -> !other.ref().equals(service.ref()))
          .filter(ServiceView::hasFinalizer)
          .forEach(other -> others.addAll(groupsOf.getOrDefault(other.ref().uid(), Set.of())));
      var left = new HashMap<LoadBalancerKey, Object>();
      for (var key : groupsOf.getOrDefault(service.ref().uid(), Set.of())) {
        Optional.of(stage.truth(key))
            .filter(seen -> seen.exists() && !others.contains(key))
            .ifPresent(seen -> left.put(key, seen));
      }
      if (!left.isEmpty()) {
        broken.add("finalizer of %s goes, but %s is there".formatted(Stage.brief(service), left));
      }
    }
  }
}
