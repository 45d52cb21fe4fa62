// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.cloud.plan.PlanPolicy;
import dev.fairway.manager.desired.ServiceView;
import dev.fairway.manager.desired.ShareKey;
import dev.fairway.testkit.sim.SimulatedCloud;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What a policy withholds is not taken for done.
class PolicyTest {
  private static final LoadBalancerKey X = LoadBalancerKey.ofShareKey("default", "x");
  private final AtomicReference<PlanPolicy> policy = new AtomicReference<>(PlanPolicy.SYNC);
  private final Stage stage =
      new Stage(SimulatedCloud.Options.ideal(), false, parts -> parts.withPolicy(policy.get()));

  @Test
  void aServiceStaysUntilItsLoadBalancerMayGo() {
    stage.cluster.create("default/web", service -> service.port(80));
    stage.quiet();
    under(PlanPolicy.NO_DELETE);

    stage.cluster.delete("default/web");
    stage.quiet();

    var web = stage.cluster.service("default/web").orElseThrow();
    assertThat(web.hasFinalizer()).isTrue();
    assertThat(Stage.condition(web, ServiceView.Condition.PROVISIONING).message())
        .contains("no-delete withholds");
    under(PlanPolicy.SYNC);
    stage.quiet();
    assertThat(stage.cluster.names()).isEmpty();
    assertThat(stage.cloud.truth()).isEmpty();
  }

  @Test
  void whoSharesStaysUntilItsPortMayGo() {
    stage.cluster.create("default/a", service -> service.port(80).share("x"));
    stage.cluster.create("default/b", service -> service.port(81).share("x"));
    stage.quiet();
    under(PlanPolicy.NO_DELETE);

    stage.cluster.delete("default/b");
    stage.quiet();

    assertThat(stage.cluster.service("default/b").orElseThrow().hasFinalizer()).isTrue();
    assertThat(stage.truth(X).listeners()).containsKey("TCP/81");
  }

  @Test
  void whereNothingMayBeChangedNobodyMoves() {
    stage.cluster.create("default/a", service -> service.port(80).share("x"));
    stage.quiet();
    var truth = stage.cloud.truth();
    under(PlanPolicy.READ_ONLY);

    stage.cluster.edit("default/a", StoredService::alone);
    stage.quiet();

    assertThat(ShareKey.groupOf(stage.cluster.service("default/a").orElseThrow())).isEqualTo(X);
    assertThat(stage.cloud.truth()).isEqualTo(truth);
    under(PlanPolicy.SYNC);
    stage.quiet().assertAsItShouldBe("moved when it may");
  }

  @Test
  void whereNothingMayBeDeletedWhoMovesIsServedAllTheSame() {
    stage.cluster.create("default/a", service -> service.port(80).share("x"));
    stage.quiet();
    under(PlanPolicy.NO_DELETE);

    stage.cluster.edit("default/a", StoredService::alone);
    stage.quiet();

    var own = LoadBalancerKey.ofService("default", "a");
    assertThat(stage.truth(own).listeners()).containsKey("TCP/80");
    assertThat(stage.truth(X).exists()).isTrue();
    stage.process.triggers.lookAtEverything(ControllerProcess.CLUSTER);
    stage.quiet();
    assertThat(stage.process.orphans.known()).extracting(Orphans.Orphan::key).containsExactly(X);
  }

  private void under(PlanPolicy next) {
    policy.set(next);
    stage.restart();
  }
}
