// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.specs;

import static dev.fairway.manager.e2e.specs.KubernetesSpecsIT.WORLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.world.PodAnswer;
import dev.fairway.testkit.world.PodHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the Kubernetes end-to-end suite wants of clients that go on while pods are replaced.
abstract class ContinuitySpecs {
  private static final Duration ONE_DATAGRAM = Duration.ofMillis(300);
  // The suite: five roll-outs at 100 requests a second, pods that take 60 seconds to end, the same
  // bar; its stated goal is 0.99.
  private static final int ROLLOUTS = 2;
  private static final int REQUESTS_PER_SECOND = 50;
  private static final Duration SHUTDOWN = Duration.ofSeconds(2);
  private static final double MINIMUM_SUCCESS = 0.95;

  /// LoadBalancers: should be able to preserve UDP traffic when server pod cycles for a
  /// LoadBalancer service on different nodes (on the same nodes).
  ///
  /// To connection tracking, datagrams from one source port are a single flow, kept alive by each
  /// one: it has to be forgotten when the pod goes.
  @ParameterizedTest
  @CsvSource({"54321, 2", "54322, 1"})
  void aUdpFlowFollowsThePodThatReplacesItsOwn(int sourcePort, int nodeOfTheSecond) {
    var service = WORLD.serve("udp", spec -> spec.getPorts().getFirst().setProtocol("UDP"));
    var address = service.awaitAddress();
    assertThat(WORLD.client().askByUdp(address, 80, sourcePort, ONE_DATAGRAM)).isEmpty();

    var first = WORLD.startPod("server-1", 1);
    awaitUdpAnswerOf(first, address, sourcePort);
    var second = WORLD.startPod("server-2", nodeOfTheSecond);
    first.remove();

    awaitUdpAnswerOf(second, address, sourcePort);
  }

  /// LoadBalancers: should not have connectivity disruption during rolling update with
  /// externalTrafficPolicy=Cluster (Local).
  @ParameterizedTest
  @ValueSource(strings = {"Cluster", "Local"})
  void aRollingUpdateDoesNotDisruptClients(String policy) {
    List<PodHost> pods = new ArrayList<>();
    for (var node = 1; node <= 3; node++) {
      pods.add(WORLD.startPod("v0-" + node, node));
    }
    var service =
        WORLD.serve("test-lb-rolling-update", spec -> spec.setExternalTrafficPolicy(policy));
    var address = service.awaitAddress();
    var client = Reachability.from(WORLD.client());
    client.awaitHttp(address, 80);

    try (var load = Load.start(WORLD.client(), address, 80, REQUESTS_PER_SECOND)) {
      for (var rollout = 1; rollout <= ROLLOUTS; rollout++) {
        pods = replaceOneAfterTheOther(pods, rollout);

        var tally = load.next();
        System.out.println("policy %s, roll-out %d: %s".formatted(policy, rollout, tally));
        assertThat(tally.asked()).isPositive();
        assertThat(tally.success()).as("%s", tally).isGreaterThanOrEqualTo(MINIMUM_SUCCESS);
      }
    }
    assertThat(List.of("v2-1", "v2-2", "v2-3")).contains(client.awaitHttp(address, 80).pod());
  }

  // As a DaemonSet does: the next pod of a node starts when the one before is gone.
  private static List<PodHost> replaceOneAfterTheOther(List<PodHost> pods, int version) {
    var next = new ArrayList<PodHost>();
    for (var pod : pods) {
      var node = next.size() + 1;
      pod.terminate();
      await("the pod to serve while it shuts down")
          .during(SHUTDOWN)
          .atMost(SpecWorld.SOON)
          .until(() ->
              Reachability.from(WORLD.node(node))
                  .http(pod.address(), SpecWorld.POD_PORT)
                  .isPresent());
      pod.remove();
      next.add(WORLD.startPod("v%d-%d".formatted(version, node), node));
    }
    return next;
  }

  private static void awaitUdpAnswerOf(PodHost pod, String address, int sourcePort) {
    await("an answer of " + pod.podName())
        .atMost(SpecWorld.SOON)
        .until(() ->
            WORLD
                .client()
                .askByUdp(address, 80, sourcePort, ONE_DATAGRAM)
                .map(PodAnswer::pod)
                .filter(pod.podName()::equals)
                .isPresent());
  }
}
