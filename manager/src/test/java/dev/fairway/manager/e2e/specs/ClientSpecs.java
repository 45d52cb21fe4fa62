// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.specs;

import static dev.fairway.manager.e2e.specs.KubernetesSpecsIT.WORLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.world.PodAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the Kubernetes end-to-end suite wants of who may come in, and to which pod they come.
abstract class ClientSpecs {
  // AffinityConfirmCount of the suite.
  private static final int AFFINITY_CONFIRMED = 15;

  /// LoadBalancers: should only allow access from service loadbalancer source ranges.
  @Test
  void onlyTheSourceRangesComeInAndEachChangeIsLive() {
    WORLD.startPod("web", 3);
    var accepted = WORLD.startClientPod("accepted", 1);
    var dropped = WORLD.startClientPod("dropped", 2);
    var service = WORLD.serve("lb-sourcerange", _ -> {});
    var address = service.awaitAddress();
    var outside = Reachability.from(WORLD.client());
    var acceptedPod = Reachability.from(accepted);
    var droppedPod = Reachability.from(dropped);
    var all = List.of(outside, acceptedPod, droppedPod);
    all.forEach(client -> client.awaitHttp(address, 80));

    service.change(spec ->
        spec.setLoadBalancerSourceRanges(
            List.of(accepted.address() + "/32", WORLD.node(1).address() + "/32")));
    outside.awaitNoHttp(address, 80);
    droppedPod.awaitNoHttp(address, 80);
    acceptedPod.awaitHttp(address, 80);

    service.change(spec -> spec.setLoadBalancerSourceRanges(List.of("0.0.0.0/1", "128.0.0.0/1")));
    all.forEach(client -> client.awaitHttp(address, 80));

    service.change(spec -> spec.setLoadBalancerSourceRanges(List.of("255.0.0.0/32")));
    all.forEach(client -> client.awaitNoHttp(address, 80));

    service.change(spec -> spec.setLoadBalancerSourceRanges(List.of()));
    all.forEach(client -> client.awaitHttp(address, 80));
    assertThat(service.address()).contains(address);
  }

  /// LoadBalancers: should have session affinity work for LoadBalancer service with Local (Cluster)
  /// traffic policy.
  @ParameterizedTest
  @ValueSource(strings = {"Local", "Cluster"})
  void aClientStaysWithItsPod(String policy) {
    var service = serveThreePods(policy, "ClientIP");

    awaitOnePodFifteenTimes(service);
  }

  /// LoadBalancers: should be able to switch session affinity for LoadBalancer service with Local
  /// (Cluster) traffic policy.
  @ParameterizedTest
  @ValueSource(strings = {"Local", "Cluster"})
  void affinityCanBeSwitchedOffAndOnAgain(String policy) {
    var service = serveThreePods(policy, "ClientIP");

    service.change(spec -> spec.setSessionAffinity("None"));
    await("connections to reach more than one pod")
        .atMost(SpecWorld.SOON)
        .until(() -> podsOfFifteen(service).size() > 1);

    service.change(spec -> spec.setSessionAffinity("ClientIP"));
    awaitOnePodFifteenTimes(service);
  }

  // All on one node: with policy Local, the node that answers for the address serves its own pods.
  private static SpecService serveThreePods(String policy, String affinity) {
    for (var i = 1; i <= 3; i++) {
      WORLD.startPod("web-" + i, 2);
    }
    return WORLD.serve(
        "affinity-lb",
        spec -> {
          spec.setExternalTrafficPolicy(policy);
          spec.setSessionAffinity(affinity);
        });
  }

  private static void awaitOnePodFifteenTimes(SpecService service) {
    await("15 answers of one pod")
        .atMost(SpecWorld.SOON)
        .until(() -> podsOfFifteen(service).size() == 1);
  }

  /// The pods that answered 15 connections; empty when one was not answered.
  private static Set<String> podsOfFifteen(SpecService service) {
    var client = Reachability.from(WORLD.client());
    var answers = new ArrayList<Optional<PodAnswer>>();
    for (var i = 0; i < AFFINITY_CONFIRMED; i++) {
      answers.add(client.http(service.awaitAddress(), 80));
    }
    return answers.stream().allMatch(Optional::isPresent)
        ? answers.stream().map(answer -> answer.orElseThrow().pod()).collect(Collectors.toSet())
        : Set.of();
  }
}
