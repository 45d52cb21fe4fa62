// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.world.PodAnswer;
import dev.fairway.testkit.world.PodHost;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Packets from outside, through a floating IP and a load balancer of the provider ovn, to pods.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OvnTrafficIT {
  private static final int REQUESTS = 20;
  private static final int POD_PORT = 8080;
  private static final Duration MOVE = Duration.ofSeconds(60);

  private OvnWorld world;
  private List<String> ports;
  private PodHost first;
  private PodHost second;

  @BeforeAll
  void start() {
    world = OvnWorld.start();
    ports = world.ports();
    first = world.world().node("node-1").startPod("web-1", Map.of("app", "web"), POD_PORT);
    second = world.world().node("node-2").startPod("web-2", Map.of("app", "web"), POD_PORT);
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @AfterEach
  void leaveNothing() {
    world.clear();
    assertThat(world.project().leftovers()).isEmpty();
    await("the ports of load balancers to be gone")
        .atMost(OvnWorld.SOON)
        .untilAsserted(() -> assertThat(world.ports()).isEqualTo(ports));
    first.setReady(true);
    second.setReady(true);
  }

  @Test
  void withPolicyClusterEveryRequestIsAnsweredByPodsOfAllNodes() {
    var address = world.serve(Wish.web("web").pods("web", POD_PORT));

    world.awaitAnswer(address);

    var answers = world.ask(address, REQUESTS);
    assertThat(answers).as(world::state).hasSize(REQUESTS);
    assertThat(answers).extracting(PodAnswer::node).contains("node-1", "node-2");
  }

  @Test
  void withPolicyLocalPodsSeeTheClientAndTheirNodesAnswerWhereverTheyMove() {
    second.setReady(false);
    var address =
        world.serve(
            Wish.web("web")
                .pods("web", POD_PORT)
                .local()
                .openstack("health-monitor-delay", "2")
                .openstack("health-monitor-timeout", "1")
                .openstack("health-monitor-max-retries", "1")
                .openstack("health-monitor-max-retries-down", "1"));

    awaitOnly(address, first);

    second.setReady(true);
    first.setReady(false);
    awaitOnly(address, second);
  }

  @Test
  void whoeverIsNotInTheSourceRangesIsNotAnswered() {
    var closed = world.serve(Wish.web("closed").pods("web", POD_PORT).sourceRanges("192.0.2.0/24"));
    var open =
        world.serve(Wish.web("open").pods("web", POD_PORT).sourceRanges(OvnWorld.CLIENT + "/32"));

    world.awaitAnswer(open);

    assertThat(world.ask(open, REQUESTS)).hasSize(REQUESTS);
    assertThat(world.ask(closed, 3)).isEmpty();
  }

  private void awaitOnly(String address, PodHost pod) {
    await("answers of " + pod.podName() + " only")
        .atMost(MOVE)
        .untilAsserted(() ->
            assertThat(world.ask(address, REQUESTS))
                .as(world::state)
                .hasSize(REQUESTS)
                .allSatisfy(answer -> {
                  assertThat(answer.pod()).isEqualTo(pod.podName());
                  assertThat(answer.client()).isEqualTo(OvnWorld.CLIENT);
                }));
  }
}
