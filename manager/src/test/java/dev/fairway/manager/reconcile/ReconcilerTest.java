// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static dev.fairway.manager.desired.Services.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.cloud.CloudProvider;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.Backends;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Endpoint;
import dev.fairway.cloud.model.Ingress;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.model.ServiceRef;
import dev.fairway.cloud.model.Target;
import dev.fairway.cloud.plan.Action;
import dev.fairway.cloud.plan.Note;
import dev.fairway.cloud.plan.Plan;
import dev.fairway.cloud.plan.PlanPolicy;
import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.Services;
import dev.fairway.manager.election.Fence;
import dev.fairway.manager.report.StatusChange;
import dev.fairway.testkit.sim.Fault;
import dev.fairway.testkit.sim.SimulatedAction;
import dev.fairway.testkit.sim.SimulatedCloud;
import dev.fairway.testkit.sim.SimulatedObserved;
import dev.fairway.testkit.sim.SimulatedProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// One pass after the other against the simulated cloud, with every write in one journal.
class ReconcilerTest {
  private static final LoadBalancerKey KEY = LoadBalancerKey.ofService("default", "web");

  private static final Note MISSING = Note.blocking("Missing", "it is not there", "make it");

  private final List<String> journal = new ArrayList<>();
  private final SimulatedCloud cloud =
      new SimulatedCloud(InstantSource.fixed(Instant.EPOCH), SimulatedCloud.Options.ideal());
  private final Cluster cluster = new Cluster();
  private PlanPolicy policy = PlanPolicy.SYNC;
  private Fence fence = Fence.none();

  @Test
  void theFinalizerIsThereBeforeAnythingIsMade() {
    cluster.service = Optional.of(service("web").port(80));

    reconciler().reconcile(KEY);

    assertThat(journal.getFirst()).isEqualTo("add finalizer");
    assertThat(journal.indexOf("create load balancer default/web")).isPositive();
    assertThat(journal.getLast()).isEqualTo("publish 198.18.0.2");
    assertThat(cloud.truth()).hasSize(1);
  }

  @Test
  void theProviderIsToldWhatItsPlansFoundBeforeItLooksAgain() {
    cluster.service = Optional.of(service("web").port(80));
    var told = new ArrayList<Note>();
    var looks = new ArrayList<Integer>();
    var provider =
        new Told(new SimulatedProvider(cloud), told) {
          @Override
          public SimulatedObserved observe(LoadBalancerKey key) {
            looks.add(told.size());
            return super.observe(key);
          }

          @Override
          public Plan<SimulatedAction> plan(Desired desired, SimulatedObserved seen) {
            return Plan.<SimulatedAction>none().withNotes(List.of(MISSING));
          }
        };
    var reconciler = reconciler(provider);

    reconciler.reconcile(KEY);
    reconciler.reconcile(KEY);

    assertThat(told).containsOnly(MISSING);
    assertThat(looks.getFirst()).isZero();
    assertThat(looks.getLast()).isGreaterThan(1);
  }

  @Test
  void theProviderIsToldWhenNobodyWaitsForWhatWasMissingAnyMore() {
    cluster.service = Optional.of(service("web").port(80));
    var told = new ArrayList<List<Note>>();
    var provider =
        new Told(new SimulatedProvider(cloud), new ArrayList<>()) {
          @Override
          public void noted(LoadBalancerKey key, List<Note> notes) {
            told.add(notes);
          }

          @Override
          public Plan<SimulatedAction> plan(Desired desired, SimulatedObserved seen) {
            return Plan.<SimulatedAction>none().withNotes(List.of(MISSING));
          }
        };
    var reconciler = reconciler(provider);
    reconciler.reconcile(KEY);
    assertThat(told.getLast()).containsExactly(MISSING);
    cluster.service = Optional.empty();

    reconciler.reconcile(KEY);

    assertThat(told.getLast()).isEmpty();
  }

  @Test
  void whatIsAsItShouldBeCostsNoCallAndNoWrite() {
    cluster.service = Optional.of(service("web").port(80));
    var reconciler = reconciler();
    reconciler.reconcile(KEY);
    settle();
    var calls = cloud.calls().size();
    journal.clear();

    reconciler.reconcile(KEY);

    assertThat(cloud.calls()).hasSize(calls);
    assertThat(journal).isEmpty();
  }

  @Test
  void aRestartReadsOnceAndWritesNothing() {
    cluster.service = Optional.of(service("web").port(80));
    reconciler().reconcile(KEY);
    settle();
    var mutating = cloud.mutatingCalls();
    journal.clear();

    var fresh = reconciler();
    fresh.warmUp(new ClusterId("test"));
    fresh.reconcile(KEY);

    assertThat(cloud.mutatingCalls()).isEqualTo(mutating);
    assertThat(cloud.calls().getLast().operation()).isEqualTo("list");
    assertThat(journal).isEmpty();
  }

  @Test
  void aNodeThatLeavesKeepsItsConnectionsUntilItsTimeIsOver() {
    cluster.service = Optional.of(service("web").port(80));
    cluster.backends = new Backends(List.of(node("node-1"), node("node-2")), List.of());
    var reconciler = reconciler();
    reconciler.reconcile(KEY);
    settle();
    var group = "TCP/80@30080";

    cluster.backends = new Backends(List.of(node("node-1")), List.of(node("node-2")));
    reconciler.reconcile(KEY);
    assertThat(cloud.truth().getFirst().groups().get(group)).containsExactly("node-1");
    assertThat(cloud.truth().getFirst().draining().get(group)).containsExactly("node-2");

    cluster.backends = new Backends(List.of(node("node-1")), List.of());
    reconciler.reconcile(KEY);
    assertThat(cloud.truth().getFirst().draining()).isEmpty();
    assertThat(journal.subList(journal.size() - 2, journal.size()))
        .containsExactly(
            "drain [node-2] in target group TCP/80@30080 of default/web",
            "deregister [node-2] from target group TCP/80@30080 of default/web");
  }

  private static Target node(String name) {
    return new Target(name, List.of("192.0.2.1"), Optional.empty(), true, Map.of());
  }

  @Test
  void theFinalizerGoesOnlyWhenNothingIsLeft() {
    cluster.service = Optional.of(service("web").port(80));
    reconciler().reconcile(KEY);
    settle();
    cluster.service = Optional.of(service("web").port(80).finalizer().deleting());
    cloud.inject(Fault.Script.atMutatingCall(2, new Fault.Refuse(ReconcilerTest::outage)));
    journal.clear();
    var reconciler = reconciler();

    assertThatThrownBy(() -> reconciler.reconcile(KEY))
        .isInstanceOf(CloudException.Unavailable.class);
    assertThat(journal).doesNotContain("remove finalizer");

    reconciler.reconcile(KEY);
    assertThat(journal).contains("remove finalizer");
    assertThat(cloud.truth()).isEmpty();
  }

  /// Every point at which the process can die while it makes, changes or removes a load balancer.
  @Test
  void aCrashAtAnyStepIsMadeGoodByTheNextProcess() {
    var life =
        List.of(
            service("web").port(80),
            service("web").finalizer().port(80).port(443),
            service("web").finalizer().port(80).deleting());
    for (var fault : List.of(new Fault.CrashBefore(), new Fault.CrashAfter())) {
      for (var step = 1; step <= 12; step++) {
        cloud.inject(Fault.Script.atMutatingCall(step, fault));
        for (var stage : life) {
          cluster.service = Optional.of(stage);
          untilDone();
        }
        assertThat(cloud.truth()).as("%s at step %d", fault, step).isEmpty();
        assertThat(journal).contains("remove finalizer");
        journal.clear();
      }
    }
  }

  @Test
  void aLostAnswerMakesNoDuplicate() {
    cluster.service = Optional.of(service("web").port(80));
    cloud.inject(Fault.Script.atMutatingCall(3, new Fault.LoseAnswer(ReconcilerTest::outage)));
    var reconciler = reconciler();

    assertThatThrownBy(() -> reconciler.reconcile(KEY))
        .isInstanceOf(CloudException.Unavailable.class);
    reconciler.reconcile(KEY);

    assertThat(cloud.truth()).hasSize(1);
    assertThat(cloud.calls().stream().filter(c -> c.operation().equals("CreateLoadBalancer")))
        .hasSize(1);
  }

  @Test
  void readOnlyWritesNothingButWhatItWouldDo() {
    policy = PlanPolicy.READ_ONLY;
    cluster.service = Optional.of(service("web").port(80));

    reconciler().reconcile(KEY);

    assertThat(cloud.mutatingCalls()).isZero();
    assertThat(journal).doesNotContain("add finalizer");
    assertThat(cluster.lastChange.conditions().getFirst().status())
        .as("something is left to do")
        .isTrue();
    assertThat(cluster.lastChange.conditions().getFirst().message())
        .contains("read-only")
        .contains("create target group");
  }

  @Test
  void whoLostTheLeaseChangesNothing() {
    fence =
        () -> {
          throw new Fence.Lost("lost");
        };
    cluster.service = Optional.of(service("web").port(80).finalizer());

    assertThatThrownBy(() -> reconciler().reconcile(KEY)).isInstanceOf(Fence.Lost.class);
    assertThat(cloud.mutatingCalls()).isZero();
  }

  @Test
  void aForeignServiceIsNotEvenLookedUp() {
    cluster.service = Optional.of(service("web").port(80).ofClass("example.com/other"));

    reconciler().reconcile(KEY);

    assertThat(cloud.calls()).isEmpty();
    assertThat(journal).isEmpty();
  }

  private void untilDone() {
    for (var attempt = 0; attempt < 3; attempt++) {
      try {
        var reconciler = reconciler();
        reconciler.reconcile(KEY);
        reconciler.reconcile(KEY);
        return;
      } catch (Fault.SimulatedCrash _) {
        journal.add("crash");
      }
    }
    throw new AssertionError("still crashing: " + journal);
  }

  private void settle() {
    var address = cloud.truth().getFirst().loadBalancer().orElseThrow().address();
    cluster.service =
        Optional.of(
            service("web").port(80).finalizer().proxied(address).conditions(cluster.conditions()));
  }

  private Reconciler<SimulatedObserved, SimulatedAction> reconciler() {
    return reconciler(new SimulatedProvider(cloud));
  }

  private Reconciler<SimulatedObserved, SimulatedAction> reconciler(
      CloudProvider<SimulatedObserved, SimulatedAction> provider) {
    return new Reconciler<>(
        provider,
        new ServiceScope(Set.of(), true),
        policy,
        cluster,
        cluster,
        fence,
        new Orphans(InstantSource.system(), new Orphans.Settings(false, Duration.ZERO)),
        cluster);
  }

  private static CloudException outage() {
    return new CloudException.Unavailable("out of order", null);
  }

  /// One Service and three nodes; what is written to it goes into the journal.
  private final class Cluster implements World, Publisher, Reconciler.Journal {
    Optional<Services> service = Optional.empty();
    Backends backends = Backends.of(List.of(node("node-1")));
    StatusChange lastChange = new StatusChange(Optional.empty(), List.of(), List.of());

    List<ServiceView.Condition> conditions() {
      return lastChange.conditions();
    }

    @Override
    public List<ServiceView> services(LoadBalancerKey key) {
      return service.map(Services::build).stream().toList();
    }

    @Override
    public List<ServiceView> allServices() {
      return service.map(Services::build).stream().toList();
    }

    @Override
    public Backends backends() {
      return backends;
    }

    @Override
    public Map<String, List<Endpoint>> endpoints(ServiceRef service) {
      return Map.of();
    }

    @Override
    public Set<String> endpointNodes(ServiceRef service) {
      return Set.of();
    }

    @Override
    public void applied(Action action, long tookMillis) {
      journal.add(action.summary());
    }

    @Override
    public void repaired(LoadBalancerKey key) {
      journal.add("repaired");
    }

    @Override
    public void orphanDeleted(LoadBalancerKey key) {
      journal.add("orphan deleted");
    }

    @Override
    public void addFinalizer(ServiceView of, LoadBalancerKey group) {
      journal.add("add finalizer");
    }

    @Override
    public void move(ServiceView of, LoadBalancerKey group) {
      journal.add("move to " + group);
    }

    @Override
    public void removeFinalizer(ServiceView of) {
      journal.add("remove finalizer");
    }

    @Override
    public void publish(ServiceView of, StatusChange change) {
      if (change.touchesStatus()) {
        lastChange = change;
        journal.add(
            "publish "
                + change
                    .balancer()
                    .map(StatusChange.Balancer::ingress)
                    .map(ServiceReportText::of)
                    .orElse("-"));
      }
    }

    @Override
    public void tell(ServiceView of, List<StatusChange.EventText> events) {}
  }

  private static final class ServiceReportText {
    static String of(List<Ingress> ingress) {
      return ingress.stream().map(i -> ((Ingress.Address) i).ip()).findFirst().orElse("none");
    }
  }
}
