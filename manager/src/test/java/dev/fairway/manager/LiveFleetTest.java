// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager;

import static dev.fairway.manager.desired.Services.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.manager.config.ConfigFile;
import dev.fairway.manager.desired.ServiceScope.Duty;
import dev.fairway.manager.desired.Services;
import dev.fairway.manager.election.Fence;
import dev.fairway.manager.inspect.PlanView;
import dev.fairway.manager.queue.Priority;
import dev.fairway.manager.queue.WorkQueue;
import dev.fairway.manager.reconcile.Orphans;
import dev.fairway.manager.reconcile.PassHistory;
import dev.fairway.manager.reconcile.Reconciler;
import dev.fairway.testkit.sim.Fault;
import dev.fairway.testkit.sim.SimulatedAction;
import dev.fairway.testkit.sim.SimulatedCloud;
import dev.fairway.testkit.sim.SimulatedObserved;
import dev.fairway.testkit.sim.SimulatedProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Questions to a controller on the simulated cloud.
class LiveFleetTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final LoadBalancerKey WEB = LoadBalancerKey.ofService("default", "web");

  private final SimulatedCloud cloud = new SimulatedCloud(CLOCK, SimulatedCloud.Options.ideal());
  private final FakeCluster cluster = new FakeCluster();

  /// One life of a controller, under a policy.
  private final class Life {
    final WorkQueue<LoadBalancerKey> queue = new WorkQueue<>(CLOCK, new Random(1));
    final Reconciler<SimulatedObserved, SimulatedAction> reconciler;
    final LiveFleet<SimulatedObserved, SimulatedAction> fleet;

    Life(String policy) {
      var config = ConfigFile.parse("policy: %s\nloadBalancerClasses: [a]\n".formatted(policy));
      var provider = new SimulatedProvider(cloud);
      var orphans = new Orphans(CLOCK, new Orphans.Settings(true, Duration.ofHours(1)));
      reconciler =
          new Reconciler<>(
              provider,
              config.scope(),
              config.policy(),
              cluster,
              cluster,
              Fence.none(),
              orphans,
              cluster);
      fleet =
          new LiveFleet<>(
              config, provider, reconciler, cluster, queue, new PassHistory(CLOCK), orphans, CLOCK);
    }
  }

  /// Whatever stands in the cloud and whatever is wanted next.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whatIsPlannedIsWhatIsThenCarriedOutInThisOrder(long seed) {
    var random = new Random(seed);
    var steps = 0;
    for (var round = 0; round < 30; round++) {
      cluster.put(randomly(service("web"), random));
      cluster.nodes(1 + random.nextInt(3));
      var reads = new Life("read-only");
      var asked = reads.fleet.plan("default", "web").orElseThrow();
      reads.reconciler.reconcile(WEB);
      var again = reads.fleet.plans();
      assertThat(cloud.mutatingCalls()).as("seed %d", seed).isEqualTo(steps);

      cluster.done.clear();
      var writes = new Life("sync");
      writes.reconciler.reconcile(WEB);

      var planned = summaries(asked.loadBalancers());
      assertThat(cluster.done).as("seed %d, round %d", seed, round).isEqualTo(planned);
      assertThat(summaries(again.loadBalancers())).isEqualTo(planned);
      assertThat(asked.summary().withheld()).isEqualTo(planned.size());
      assertThat(writes.fleet.plans().steps()).isZero();
      steps += planned.size();
    }
    assertThat(steps).as("seed %d did something", seed).isPositive();
  }

  private static Services randomly(Services service, Random random) {
    for (var port : new int[] {80, 443, 8080}) {
      if (random.nextBoolean()) {
        service.port(port);
      }
    }
    return random.nextInt(4) == 0 ? service.finalizer().deleting() : service.finalizer();
  }

  @Test
  void aPlanOfEverythingAsksTheCloudOnlyForWhatIsNotKnown() {
    cluster.put(service("known").port(80));
    cluster.put(service("foreign").port(80).ofClass("example.com/x"));
    var life = new Life("sync");
    life.reconciler.reconcile(LoadBalancerKey.ofService("default", "known"));
    cluster.put(service("new").port(80));
    var before = cloud.calls().size();

    var plans = life.fleet.plans();

    assertThat(plans.loadBalancers())
        .extracting(PlanView::key)
        .containsExactly("default/known", "default/new");
    assertThat(plans.summary().settled()).isOne();
    assertThat(cloud.calls().subList(before, cloud.calls().size()))
        .singleElement()
        .satisfies(call -> {
          assertThat(call.operation()).isEqualTo("observe");
          assertThat(call.key()).contains(LoadBalancerKey.ofService("default", "new"));
        });
  }

  @Test
  void oneThatCannotBeSeenDoesNotHideTheOthers() {
    cluster.put(service("bad").port(80));
    cluster.put(service("good").port(80));
    cloud.inject(call ->
        call.key().map(key -> key.name().equals("bad")).orElse(false)
            ? new Fault.Refuse(() -> new CloudException.Unavailable("out of order", null))
            : new Fault.None());

    var plans = new Life("sync").fleet.plans();

    assertThat(plans.loadBalancers().getFirst().unplanned()).contains("out of order");
    assertThat(plans.loadBalancers().getLast().steps()).isNotEmpty();
    assertThat(plans.summary().unplanned()).isOne();
  }

  @Test
  void anExplanationLooksAtTheCloudAndTellsOfEachPart() {
    cluster.put(service("web").port(80).finalizer());
    cluster.nodes(2);
    cluster.endpoints.add("node-1");
    var life = new Life("sync");
    life.reconciler.reconcile(WEB);

    var facts = life.fleet.explain("default", "web").orElseThrow();

    assertThat(facts.cause()).isEqualTo("default/web is served at 198.18.0.2.");
    assertThat(facts.wanted().orElseThrow().ports().getFirst().nodePort()).contains(30080);
    assertThat(facts.found().details())
        .extracting(detail -> detail.subject() + ": " + detail.text())
        .containsExactly(
            "load balancer: active at 198.18.0.2",
            "listener TCP/80: to target group TCP/80@30080",
            "target group TCP/80@30080: node-1, node-2");
    assertThat(facts.targets())
        .extracting(target -> target.endpoint())
        .containsExactly(true, false);
    assertThat(facts.plan().settled()).isTrue();
    assertThat(life.fleet.explain("default", "nope")).isEmpty();
  }

  @Test
  void anExplanationSeesWhatWasLostBehindTheBack() {
    cluster.put(service("web").port(80).finalizer());
    var life = new Life("sync");
    life.reconciler.reconcile(WEB);
    cloud.loseBehindTheBack(WEB);

    var facts = life.fleet.explain("default", "web").orElseThrow();

    assertThat(facts.found().exists()).isFalse();
    assertThat(facts.plan().steps()).isNotEmpty();
  }

  @Test
  void aServiceOfSomebodyElseIsExplainedWithoutACall() {
    cluster.put(service("web").port(80).ofClass("example.com/x"));
    var fleet = new Life("sync").fleet;

    assertThat(fleet.explain("default", "web").orElseThrow().cause())
        .isEqualTo(
            "default/web is not served by this controller: its class is example.com/x; this"
                + " controller serves class a and Services without class.");
    assertThat(fleet.plan("default", "web").orElseThrow().loadBalancers().getFirst().unplanned())
        .contains(
            "its class is example.com/x; this controller serves class a and Services without class");
    assertThat(cloud.calls()).isEmpty();
  }

  @Test
  void whatIsBeingWorkedOnIsExplainedFromMemoryAndNotTouched() {
    cluster.put(service("web").port(80).finalizer());
    cluster.endpoints.add("node-1");
    var life = new Life("sync");
    life.reconciler.reconcile(WEB);
    life.queue.add(WEB, Priority.NORMAL);
    life.queue.poll();
    var calls = cloud.calls().size();

    var facts = life.fleet.explain("default", "web").orElseThrow();

    assertThat(cloud.calls()).hasSize(calls);
    assertThat(facts.work().state()).hasToString("WORKING");
    assertThat(facts.found().ingress()).containsExactly("198.18.0.2");
    assertThat(facts.cause())
        .isEqualTo(
            "default/web has 198.18.0.2, but how it is there cannot be seen: it has been worked on"
                + " for longer than 2 s.");
    assertThat(cloud.overlaps()).isZero();
  }

  @Test
  void anOrphanIsWhatNoServiceClaims() {
    cluster.put(service("web").port(80).finalizer());
    cluster.put(service("gone").port(80).finalizer());
    var life = new Life("sync");
    life.reconciler.reconcile(WEB);
    life.reconciler.reconcile(LoadBalancerKey.ofService("default", "gone"));
    cluster.remove("gone");

    assertThat(life.fleet.orphans())
        .singleElement()
        .satisfies(orphan -> {
          assertThat(orphan.key()).isEqualTo("default/gone");
          assertThat(orphan.ingress()).containsExactly("198.18.0.3");
          assertThat(orphan.firstSeen()).as("the controller has not met it yet").isEmpty();
        });
    life.reconciler.reconcile(LoadBalancerKey.ofService("default", "gone"));
    assertThat(life.fleet.orphans())
        .singleElement()
        .satisfies(orphan -> {
          assertThat(orphan.firstSeen()).contains(Instant.EPOCH);
          assertThat(orphan.deletedAfter()).contains(Instant.ofEpochSecond(3600));
        });
    assertThat(cloud.truth()).as("nothing is deleted by asking").hasSize(2);
  }

  @Test
  void ofServicesThatShareEachIsExplainedForItself() {
    cluster.put(
        service("old")
            .port(80)
            .member("shared:default/one")
            .annotation("fairway.dev/share", "one")
            .created(1));
    cluster.put(
        service("new")
            .port(80)
            .member("shared:default/one")
            .annotation("fairway.dev/share", "one")
            .created(2));
    cluster.endpoints.add("node-1");
    var life = new Life("sync");
    var key = LoadBalancerKey.ofShareKey("default", "one");
    life.reconciler.reconcile(key);

    var first = life.fleet.explain("default", "old").orElseThrow();
    var second = life.fleet.explain("default", "new").orElseThrow();

    assertThat(first.cause()).isEqualTo("default/old is served at 198.18.0.2.");
    assertThat(first.group().members()).containsExactly("default/new", "default/old");
    assertThat(second.cause()).startsWith("default/new has no address: ").contains("default/old");
    assertThat(second.plan().steps()).isEmpty();
    assertThat(life.fleet.plans().loadBalancers())
        .singleElement()
        .satisfies(plan -> assertThat(plan.key()).isEqualTo("shared:default/one"));
  }

  @Test
  void aServiceThatGoesAwaySaysSo() {
    cluster.put(service("web").port(80).finalizer());
    var life = new Life("sync");
    life.reconciler.reconcile(WEB);
    cluster.put(service("web").port(80).finalizer().deleting());

    var facts = life.fleet.explain("default", "web").orElseThrow();

    assertThat(facts.ownership().duty()).isEqualTo(Duty.CLEAN_UP);
    assertThat(facts.wanted()).isEmpty();
    assertThat(facts.cause()).isEqualTo("default/web is being deleted; steps left: 3.");
  }

  private static List<String> summaries(List<PlanView> plans) {
    return plans.stream()
        .flatMap(plan -> plan.steps().stream())
        .map(PlanView.Step::summary)
        .toList();
  }
}
