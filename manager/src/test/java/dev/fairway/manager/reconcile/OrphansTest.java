// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.manager.desired.ServiceScope;
import dev.fairway.testkit.sim.Fault;
import dev.fairway.testkit.sim.SimulatedAction;
import dev.fairway.testkit.sim.SimulatedCloud;
import dev.fairway.testkit.sim.SimulatedObserved;
import dev.fairway.testkit.sim.SimulatedProvider;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class OrphansTest {
  private static final LoadBalancerKey WEB = LoadBalancerKey.ofService("default", "web");
  private final AtomicReference<Orphans.Settings> settings =
      new AtomicReference<>(new Orphans.Settings(false, Duration.ofHours(1)));
  private final AtomicReference<ServiceScope> scope = new AtomicReference<>(Stage.SCOPE);
  private final Stage stage =
      new Stage(
          SimulatedCloud.Options.ideal(),
          false,
          parts -> parts.withOrphans(settings.get()).withScope(scope.get()));

  @Test
  void aServiceThatWentWithoutItsFinalizerLeavesAnOrphanThatIsReportedAndStays() {
    abandon();

    stage.quiet();

    assertThat(stage.process.orphans.known()).extracting(Orphans.Orphan::key).containsExactly(WEB);
    assertThat(stage.process.orphans.known().getFirst().deletedAfter()).isEmpty();
    assertThat(stage.truth(WEB).exists()).isTrue();
    stage.restart().quiet();
    assertThat(stage.process.orphans.count()).as("found again").isEqualTo(1);
    assertThat(stage.truth(WEB).exists()).isTrue();
  }

  @Test
  void anOrphanThatAppearsWhileTheControllerRunsIsFoundByTheAudit() {
    var somebody = new SimulatedProvider(stage.cloud);
    somebody.apply(new SimulatedAction.CreateTargetGroup(WEB, "g"), SimulatedObserved.nothing(WEB));

    stage.process.triggers.lookAtEverything(ControllerProcess.CLUSTER);
    stage.quiet();

    assertThat(stage.process.orphans.count()).isEqualTo(1);
  }

  @Test
  void onRequestAnOrphanIsDeletedAfterTheGraceTimeAndNotBefore() {
    settings.set(new Orphans.Settings(true, Duration.ofHours(1)));
    stage.restart();
    abandon();
    while (stage.workOnce()) {
      // until it is found
    }
    stage.clock.advance(Duration.ofMinutes(59));
    while (stage.workOnce()) {
      // until it has been looked at
    }
    assertThat(stage.truth(WEB).exists()).isTrue();

    stage.clock.advance(Duration.ofMinutes(1));
    stage.quiet();

    assertThat(stage.cloud.truth()).isEmpty();
    assertThat(stage.process.orphansDeleted).containsExactly(WEB);
    assertThat(stage.process.orphans.count()).isZero();
  }

  @Test
  void aServiceOfTheSameNameClaimsItAgain() {
    settings.set(new Orphans.Settings(true, Duration.ofHours(1)));
    stage.restart();
    abandon();
    while (stage.workOnce()) {
      // until it is found
    }
    var before = stage.truth(WEB);

    stage.cluster.create("default/web", service -> service.port(80));
    stage.quiet();
    stage.clock.advance(Duration.ofHours(2));
    stage.quiet();

    stage.assertAsItShouldBe("claimed");
    assertThat(stage.truth(WEB).loadBalancer()).isEqualTo(before.loadBalancer());
    assertThat(stage.process.orphans.count()).isZero();
    assertThat(stage.process.orphansDeleted).isEmpty();
  }

  @Test
  void aServiceOfTheSameNameThatSharesElsewhereDoesNotDeleteIt() {
    abandon();
    stage.quiet();

    stage.cluster.create("default/web", service -> service.port(80).share("x"));
    stage.quiet();
    stage.process.triggers.lookAtEverything(ControllerProcess.CLUSTER);
    stage.quiet();

    assertThat(stage.truth(WEB).exists()).isTrue();
    assertThat(stage.process.orphans.count()).isEqualTo(1);
  }

  @Test
  void whoeverServesTheWrongClassesDeletesNothing() {
    settings.set(new Orphans.Settings(true, Duration.ZERO));
    stage.cluster.create("default/web", service -> service.port(80));
    stage.cluster.create(
        "default/api",
        service -> {
          service.port(80);
          service.loadBalancerClass = Optional.of("fairway.dev/simulated");
        });
    stage.quiet();
    var truth = stage.cloud.truth();
    var writes = stage.cluster.writes.size();

    scope.set(new ServiceScope(Set.of("example.com/other"), false));
    stage.restart().quiet();
    stage.process.triggers.lookAtEverything(ControllerProcess.CLUSTER);
    stage.quiet();

    assertThat(stage.cloud.truth()).isEqualTo(truth);
    assertThat(stage.cluster.writes).hasSize(writes);
  }

  @Test
  void aClassThatWasChangedWhileNobodyRanIsCleanedUpWithoutTouchingTheService() {
    stage.cluster.create("default/web", service -> service.port(80));
    stage.quiet();
    stage.process.death().now();
    stage.cluster.edit("default/web", StoredService::clusterIp);
    stage.cluster.edit(
        "default/web",
        service -> {
          service.loadBalancer = true;
          service.loadBalancerClass = Optional.of("example.com/other");
        });
    var writes = stage.cluster.writes.size();
    var before = stage.cluster.service("default/web");

    stage.restart().quiet();

    assertThat(stage.cloud.truth()).isEmpty();
    assertThat(stage.cluster.writes).hasSize(writes);
    assertThat(stage.cluster.service("default/web")).isEqualTo(before);
  }

  @Test
  void whatWasBegunWithoutAnAnswerIsLookedForAlsoWhenTheServiceIsForeignNow() {
    stage.cloud.inject(
        Fault.Script.atMutatingCall(
            1, new Fault.LoseAnswer(() -> new CloudException.Unavailable("no answer", null))));
    stage.cluster.create("default/web", service -> service.port(80));
    stage.workOnce();
    assertThat(stage.truth(WEB).exists()).isTrue();

    stage.cluster.edit("default/web", StoredService::clusterIp);
    stage.cluster.edit(
        "default/web",
        service -> {
          service.loadBalancer = true;
          service.loadBalancerClass = Optional.of("example.com/other");
        });
    stage.quiet();

    assertThat(stage.cloud.truth()).isEmpty();
  }

  @Test
  void whatIsLeftOfAnOrphanThatWasHalfDeletedIsStillAnOrphan() {
    abandon();
    var simulated = new SimulatedProvider(stage.cloud);
    simulated.apply(new SimulatedAction.DeleteLoadBalancer(WEB), SimulatedObserved.nothing(WEB));

    stage.quiet();

    assertThat(stage.process.orphans.count()).isEqualTo(1);
    assertThat(stage.truth(WEB).exists()).isTrue();
  }

  // Somebody takes the finalizer off by hand, and the Service goes.
  private void abandon() {
    stage.cluster.create("default/web", service -> service.port(80));
    stage.quiet();
    stage.process.death().now();
    stage.cluster.takeFinalizerOff("default/web");
    stage.cluster.delete("default/web");
    stage.restart();
  }
}
