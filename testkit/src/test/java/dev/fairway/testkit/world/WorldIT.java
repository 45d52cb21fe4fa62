// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.process.Command;
import dev.fairway.testkit.process.Until;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class WorldIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration ONE_TRY = Duration.ofMillis(500);
  private static final String VIP = "10.13.242.77";

  @TempDir static Path directory;
  private World world;
  private Service service;

  @BeforeAll
  void makeAWorldWithAServiceOfTwoPods() {
    world = World.create(directory, KubeBinaries.fromEnvironment(), WorldOptions.PLAIN);
    world.node("node-1").startPod("web-1", Map.of("app", "web"), 8080);
    world.node("node-2").startPod("web-2", Map.of("app", "web"), 8080);
    service =
        world.controlPlane().client().services().inNamespace("default").resource(web()).create();
  }

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  @Order(1)
  void nodePortsAnswerOnEveryNodeForBothClients() {
    int nodePort = service.getSpec().getPorts().getFirst().getNodePort();
    world.awaitProxies();

    for (NodeHost node : world.nodes()) {
      awaitAnswer(world.client(), node.address(), nodePort);
      awaitAnswer(world.routedClient(), node.address(), nodePort);
    }
  }

  @Test
  @Order(2)
  void nobodyAnswersArpForAnAddressThatNobodyAnnounces() {
    assertThat(world.client().arp(VIP)).isEmpty();
    assertThat(world.client().arp(world.node("node-3").address()))
        .contains(world.node("node-3").mac());
    assertThat(world.client().arp(Addresses.CONTROL_PLANE)).isPresent();
  }

  @Test
  @Order(3)
  void kubeProxyServesAnAddressFromTheStatusAndOnlyTheCutNodeDoesNot() {
    giveAddress(VIP);
    Host client = world.client();
    NodeHost owner = world.node("node-3");
    // In place of a speaker: the client is told who has the address.
    client.ip("neigh", "replace", VIP, "lladdr", owner.mac().text(), "dev", "eth0");
    world.router().ip("neigh", "replace", VIP, "lladdr", owner.mac().text(), "dev", "eth0");
    awaitAnswer(client, VIP, 8765);
    awaitAnswer(world.routedClient(), VIP, 8765);

    owner.cut();
    assertThat(client.get(VIP, 8765, ONE_TRY).isOk()).isFalse();
    assertThat(client.arp(owner.address())).isEmpty();

    owner.heal();
    awaitAnswer(client, VIP, 8765);
  }

  @Test
  @Order(4)
  void podsOfACutNodeGetNoMoreRequests() {
    int nodePort = service.getSpec().getPorts().getFirst().getNodePort();
    String node3 = world.node("node-3").address();

    world.node("node-1").cut();

    Until.isTrue(
        "all requests to go to node-2",
        SOON,
        () ->
            IntStream.range(0, 20)
                .mapToObj(_ -> world.client().get(node3, nodePort, ONE_TRY))
                .allMatch(answer ->
                    answer instanceof HttpAnswer.Answered(int _, String body)
                        && PodAnswer.parse(body).node().equals("node-2")));
    world.node("node-1").heal();
  }

  @Test
  @Order(5)
  void requestsEveryFewMillisecondsArePossible() {
    String pod = "10.244.1.2";
    long start = System.nanoTime();

    assertThat(
            IntStream.range(0, 200)
                .filter(_ -> world.node("node-1").get(pod, 8080, ONE_TRY).isOk())
                .count())
        .isEqualTo(200);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  @Order(6)
  void podsAnswerDatagramsToo() {
    NodeHost node = world.node("node-3");
    PodHost pod = node.startPod("datagrams", Map.of(), 8080);

    Optional<PodAnswer> answer = world.node("node-1").askByUdp(pod.address(), 8080, ONE_TRY);

    assertThat(answer)
        .contains(new PodAnswer("datagrams", "node-3", world.node("node-1").address()));
    assertThat(node.askByUdp(pod.address(), 8081, ONE_TRY)).isEmpty();
    pod.remove();
  }

  @Test
  @Order(7)
  void aTerminatingPodServesUntilItIsRemoved() {
    PodHost pod = world.node("node-3").startPod("ending", Map.of(), 8080);

    pod.terminate();

    assertThat(pod("ending"))
        .extracting(ending -> ending.getMetadata().getDeletionTimestamp())
        .isNotNull();
    assertThat(world.node("node-3").get(pod.address(), 8080, ONE_TRY).isOk()).isTrue();
    pod.remove();
    assertThat(pod("ending")).isNull();
  }

  @Test
  @Order(8)
  void nothingIsLeftAfterClose() {
    world.close();
    world.close();

    assertThat(Command.run("ip", "netns", "list")).isEmpty();
    assertThat(Command.run("ip", "-brief", "link", "show", "type", "bridge")).isEmpty();
    assertThat(
            ProcessHandle.current()
                .descendants()
                .map(p -> p.info().commandLine().orElse("?"))
                .filter(line -> line.contains(directory.toString()) || line.contains("PodProcess")))
        .isEmpty();
  }

  private @Nullable Pod pod(String name) {
    return world.controlPlane().client().pods().inNamespace("default").withName(name).get();
  }

  private static void awaitAnswer(Host from, String ip, int port) {
    Until.isTrue(
        "an answer of %s:%d to %s".formatted(ip, port, from),
        SOON,
        () -> from.get(ip, port, ONE_TRY).isOk());
  }

  private void giveAddress(String ip) {
    world
        .controlPlane()
        .client()
        .services()
        .inNamespace("default")
        .withName("web")
        .editStatus(old ->
            new ServiceBuilder(old)
                .editOrNewStatus()
                .withNewLoadBalancer()
                .withIngress(ingress(ip))
                .endLoadBalancer()
                .endStatus()
                .build());
  }

  private static LoadBalancerIngress ingress(String ip) {
    LoadBalancerIngress ingress = new LoadBalancerIngress();
    ingress.setIp(ip);
    return ingress;
  }

  private static Service web() {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName("web")
        .endMetadata()
        .withNewSpec()
        .withType("LoadBalancer")
        .addToSelector("app", "web")
        .addNewPort()
        .withPort(8765)
        .withTargetPort(new IntOrString(8080))
        .endPort()
        .endSpec()
        .build();
  }
}
