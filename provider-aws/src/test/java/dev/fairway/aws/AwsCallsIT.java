// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.Desired;
import dev.fairway.cloud.model.Desired.Present;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.aws.Calls;
import dev.fairway.testkit.conformance.Examples;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What each thing costs in calls.
class AwsCallsIT {
  private final AwsWorld world = new AwsWorld();
  private AwsProvider provider = world.provider();

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void creatingALoadBalancerTakesSixCallsOnceTheNodesAreOpen() {
    provider.list(AwsWorld.CLUSTER);
    create(onePort(1));

    var calls = during(() -> create(onePort(2)));

    assertThat(calls.byAction())
        .as("%s", calls.byAction())
        .containsOnlyKeys(
            "CreateTargetGroup",
            "RegisterTargets",
            "CreateSecurityGroup",
            "AuthorizeSecurityGroupIngress",
            "CreateLoadBalancer",
            "CreateListener");
    assertThat(calls.count()).isEqualTo(6);
  }

  @Test
  void aPortMoreTakesThreeCalls() {
    provider.list(AwsWorld.CLUSTER);
    create(onePort(1));

    var calls = during(() -> create(example(1, List.of("TCP/80@30080", "TCP/443@30081"), 3)));

    assertThat(calls.byAction())
        .containsOnlyKeys("CreateTargetGroup", "RegisterTargets", "CreateListener");
    assertThat(calls.count()).isEqualTo(3);
  }

  @Test
  void nothingToDoCostsNothing() {
    provider.list(AwsWorld.CLUSTER);
    create(onePort(1));

    var calls = during(() -> create(onePort(1)));

    assertThat(calls.count()).isZero();
  }

  @Test
  void nodesThatComeAreRegisteredAndNodesThatGoAreDeregisteredInOneCallEach() {
    provider.list(AwsWorld.CLUSTER);
    create(onePort(1));
    world.seed().addInstances(7);

    var coming = during(() -> create(example(1, List.of("TCP/80@30080"), 10)));
    var going = during(() -> create(example(1, List.of("TCP/80@30080"), 2)));

    assertThat(coming.byAction()).containsOnlyKeys("RegisterTargets");
    assertThat(coming.count()).isEqualTo(1);
    assertThat(going.byAction()).containsOnlyKeys("DeregisterTargets");
    assertThat(going.count()).isEqualTo(1);
  }

  @Test
  void nodesThatComeAfterARestartAreRegisteredWithoutALook() {
    provider.list(AwsWorld.CLUSTER);
    create(onePort(1));
    world.seed().addInstances(1);
    provider = world.provider();
    provider.list(AwsWorld.CLUSTER);
    create(onePort(1));

    var calls = during(() -> create(example(1, List.of("TCP/80@30080"), 4)));

    assertThat(calls.byAction()).containsOnlyKeys("RegisterTargets");
    assertThat(calls.count()).isEqualTo(1);
  }

  @Test
  void whoAsksIsToldOfTheHealthOfTheTargets() {
    provider.list(AwsWorld.CLUSTER);
    create(onePort(1));

    var details = provider.inspect(onePort(1).key()).details();

    assertThat(details)
        .anySatisfy(detail -> {
          assertThat(detail.subject()).startsWith("target group k8s-calls-lb1-");
          assertThat(detail.text()).isEqualTo("3 healthy");
        })
        .anySatisfy(detail -> {
          assertThat(detail.subject()).startsWith("load balancer k8s-calls-lb1-");
          assertThat(detail.text()).startsWith("active, internal, ");
        });
  }

  private Present onePort(int number) {
    return example(number, List.of("TCP/80@%d".formatted(30080)), 3);
  }

  private Present example(int number, List<String> ports, int nodes) {
    return world.onMachines(
        Examples.with(LoadBalancerKey.ofService("calls", "lb-" + number), ports, nodes));
  }

  private void create(Desired desired) {
    var seen = provider.observe(desired.key());
    for (var action : provider.plan(desired, seen).actions()) {
      seen = provider.apply(action, seen);
    }
    assertThat(provider.plan(desired, seen).actions()).isEmpty();
  }

  private Calls during(Runnable work) {
    var before = world.proxy().calls().mark();
    work.run();
    return world.proxy().calls().since(before);
  }
}
