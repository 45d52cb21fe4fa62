// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.sim.Call;
import dev.fairway.testkit.sim.Fault;
import dev.fairway.testkit.sim.SimulatedAction;
import dev.fairway.testkit.sim.SimulatedAction.CreateListener;
import dev.fairway.testkit.sim.SimulatedAction.CreateTargetGroup;
import dev.fairway.testkit.sim.SimulatedAction.DeleteListener;
import dev.fairway.testkit.sim.SimulatedAction.DeleteLoadBalancer;
import dev.fairway.testkit.sim.SimulatedAction.DeleteTargetGroup;
import dev.fairway.testkit.sim.SimulatedAction.DeregisterTargets;
import dev.fairway.testkit.sim.SimulatedAction.PointListener;
import dev.fairway.testkit.sim.SimulatedAction.RegisterTargets;
import dev.fairway.testkit.sim.SimulatedCloud;
import dev.fairway.testkit.sim.SimulatedProvider;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DriftTest {
  private static final LoadBalancerKey WEB = LoadBalancerKey.ofService("default", "web");
  private static final String GROUP = "TCP/80@30080";
  private final Stage stage = new Stage();

  static List<List<SimulatedAction>> damages() {
    return List.of(
        List.of(new DeleteListener(WEB, "TCP/80")),
        List.of(new DeleteListener(WEB, "TCP/80"), new DeleteTargetGroup(WEB, GROUP)),
        List.of(new DeregisterTargets(WEB, GROUP, Set.of("node-1"))),
        List.of(new RegisterTargets(WEB, GROUP, Set.of("stranger"))),
        List.of(new CreateTargetGroup(WEB, "else"), new PointListener(WEB, "TCP/80", "else")),
        List.of(new CreateTargetGroup(WEB, "else"), new CreateListener(WEB, "TCP/81", "else")),
        List.of(new CreateTargetGroup(WEB, "else")),
        List.of(new DeleteLoadBalancer(WEB)),
        List.of(
            new DeleteLoadBalancer(WEB),
            new DeleteTargetGroup(WEB, GROUP),
            new DeleteTargetGroup(WEB, "TCP/443@30443")));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void whatSomebodyElseChangesIsFoundRepairedAndToldOnce(List<SimulatedAction> damage) {
    services(20);
    var somebody = new SimulatedProvider(stage.cloud);
    damage.forEach(action -> somebody.apply(action, stage.truth(WEB)));
    var calls = stage.cloud.calls().size();

    stage.process.triggers.lookAtEverything(ControllerProcess.CLUSTER);
    stage.quiet();

    stage.assertAsItShouldBe("repaired");
    assertThat(stage.cloud.calls().subList(calls, stage.cloud.calls().size()))
        .as("the others cost nothing beyond the one look at all")
        .allMatch(call -> call.operation().equals("list") || call.key().orElseThrow().equals(WEB))
        .filteredOn(call -> call.operation().equals("list"))
        .hasSize(1);
    assertThat(stage.process.repaired).containsExactly(WEB);
    assertThat(stage.cluster.eventsOf("default/web")).containsOnlyOnce("DriftRepaired");
    stage.process.triggers.lookAtEverything(ControllerProcess.CLUSTER);
    stage.quiet();
    assertThat(stage.process.repaired).hasSize(1);
  }

  @Test
  void whatTheProviderTellsOfIsRepairedWithoutAnAudit() {
    services(3);
    new SimulatedProvider(stage.cloud).apply(new DeleteListener(WEB, "TCP/80"), stage.truth(WEB));

    stage.process.triggers.changed(WEB);
    stage.quiet();

    stage.assertAsItShouldBe("repaired");
    assertThat(stage.process.repaired).containsExactly(WEB);
  }

  @Test
  void whereNothingWasChangedAnAuditIsOneCall() {
    services(50);
    var calls = stage.cloud.calls().size();
    var writes = stage.cluster.writes.size();

    stage.process.triggers.lookAtEverything(ControllerProcess.CLUSTER);
    stage.quiet();

    assertThat(stage.cloud.calls().subList(calls, stage.cloud.calls().size()))
        .extracting(Call::operation)
        .containsExactly("list");
    assertThat(stage.cluster.writes).hasSize(writes);
  }

  @Test
  void aRepairThatFailsFirstIsStillCountedOnce() {
    services(1);
    new SimulatedProvider(stage.cloud).apply(new DeleteLoadBalancer(WEB), stage.truth(WEB));
    stage.cloud.inject(Fault.Script.atMutatingCall(2, new Fault.Refuse(DriftTest::outage)));

    stage.process.triggers.changed(WEB);
    stage.quiet();

    stage.assertAsItShouldBe("repaired");
    assertThat(stage.process.repaired).containsExactly(WEB);
    assertThat(stage.cluster.eventsOf("default/web")).containsOnlyOnce("DriftRepaired");
  }

  @Test
  void aLostAnswerOfOurOwnIsNoDrift() {
    services(1);
    stage.cloud.inject(Fault.Script.atMutatingCall(1, new Fault.LoseAnswer(DriftTest::outage)));
    stage.cluster.edit("default/web", service -> service.port(8080));
    stage.workOnce();

    stage.cluster.edit("default/web", service -> service.withoutPort(8080));
    stage.quiet();

    stage.assertAsItShouldBe("taken back");
    assertThat(stage.process.repaired).isEmpty();
    assertThat(stage.cluster.eventsOf("default/web")).doesNotContain("DriftRepaired");
  }

  @Test
  void becomingActiveIsNoDrift() {
    var slow =
        new Stage(
            new SimulatedCloud.Options(Duration.ZERO, Duration.ofSeconds(5), 0),
            false,
            parts -> parts);
    slow.cluster.create("default/web", service -> service.port(80));
    slow.workOnce();
    slow.clock.advance(Duration.ofSeconds(6));

    slow.process.triggers.lookAtEverything(ControllerProcess.CLUSTER);
    slow.quiet();

    slow.assertAsItShouldBe("active");
    assertThat(slow.process.repaired).isEmpty();
  }

  @Test
  void whatTheUserChangesIsNoDriftThoughTheCloudIsLookedAt() {
    services(1);
    stage.cluster.edit("default/web", service -> service.port(8080));
    stage.process.watch.tellAll();

    stage.process.triggers.lookAtEverything(ControllerProcess.CLUSTER);
    stage.process.triggers.everythingChanged();
    stage.quiet();

    stage.assertAsItShouldBe("changed");
    assertThat(stage.process.repaired).isEmpty();
  }

  private void services(int count) {
    stage.cluster.create("default/web", service -> service.port(80).port(443));
    for (var n = 1; n < count; n++) {
      stage.cluster.create("default/s" + n, service -> service.port(80));
    }
    stage.quiet();
  }

  private static CloudException outage() {
    return new CloudException.Unavailable("out of order", null);
  }
}
