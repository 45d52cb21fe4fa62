// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.conformance.Examples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedCloudTest {
  private static final LoadBalancerKey KEY = LoadBalancerKey.ofService("default", "web");
  private final SimulatedCloud cloud =
      new SimulatedCloud(InstantSource.fixed(Instant.EPOCH), SimulatedCloud.Options.ideal());

  @Test
  void creationIsAPlanOfSingleWrites() {
    var desired = Examples.with(KEY, List.of("TCP/80@30080"), 2);

    var plan = SimulatedPlanner.plan(desired, SimulatedObserved.nothing(KEY));

    assertThat(plan.actions().stream().map(SimulatedAction::summary))
        .containsExactly(
            "create target group TCP/80@30080 of default/web",
            "register [node-1, node-2] in target group TCP/80@30080 of default/web",
            "create load balancer default/web",
            "create listener TCP/80 of default/web to target group TCP/80@30080");
  }

  @Test
  void aRefusedCallDoesNothingAndALostAnswerDoesIt() {
    var create = new SimulatedAction.CreateLoadBalancer(KEY);
    cloud.inject(Fault.Script.atMutatingCall(1, new Fault.Refuse(SimulatedCloudTest::outage)));
    assertThatThrownBy(() -> cloud.apply(create)).isInstanceOf(CloudException.Unavailable.class);
    assertThat(cloud.truth()).isEmpty();

    cloud.inject(Fault.Script.atMutatingCall(1, new Fault.LoseAnswer(SimulatedCloudTest::outage)));
    assertThatThrownBy(() -> cloud.apply(create)).isInstanceOf(CloudException.Unavailable.class);
    assertThat(cloud.truth()).hasSize(1);
  }

  @Test
  void aCrashIsAnErrorBeforeOrAfterTheCall() {
    var create = new SimulatedAction.CreateLoadBalancer(KEY);
    cloud.inject(Fault.Script.atMutatingCall(1, new Fault.CrashBefore()));
    assertThatThrownBy(() -> cloud.apply(create)).isInstanceOf(Fault.SimulatedCrash.class);
    assertThat(cloud.truth()).isEmpty();

    cloud.inject(Fault.Script.atMutatingCall(1, new Fault.CrashAfter()));
    assertThatThrownBy(() -> cloud.apply(create)).isInstanceOf(Fault.SimulatedCrash.class);
    assertThat(cloud.truth()).hasSize(1);
  }

  @Test
  void everyCallIsOnRecord() {
    cloud.observe(KEY);
    cloud.apply(new SimulatedAction.CreateTargetGroup(KEY, "g"));
    cloud.apply(new SimulatedAction.RegisterTargets(KEY, "g", Set.of("node-1")));

    assertThat(cloud.calls().stream().map(Call::operation))
        .containsExactly("observe", "CreateTargetGroup", "RegisterTargets");
    assertThat(cloud.mutatingCalls()).isEqualTo(2);
  }

  @Test
  void readsLagBehindWritesWhenToldSo() {
    var lagging =
        new SimulatedCloud(
            InstantSource.fixed(Instant.EPOCH),
            new SimulatedCloud.Options(Duration.ZERO, Duration.ZERO, 1));
    lagging.apply(new SimulatedAction.CreateLoadBalancer(KEY));

    assertThat(lagging.observe(KEY).exists()).isFalse();
    assertThat(lagging.observe(KEY).exists()).isTrue();
  }

  @Test
  void aTargetGroupInUseCannotBeDeleted() {
    cloud.apply(new SimulatedAction.CreateLoadBalancer(KEY));
    cloud.apply(new SimulatedAction.CreateTargetGroup(KEY, "g"));
    cloud.apply(new SimulatedAction.CreateListener(KEY, "TCP/80", "g"));

    assertThatThrownBy(() -> cloud.apply(new SimulatedAction.DeleteTargetGroup(KEY, "g")))
        .isInstanceOf(CloudException.Conflict.class);
  }

  private static CloudException outage() {
    return new CloudException.Unavailable("out of order", null);
  }
}
