// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.kube.User;
import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.world.FairwayApp;
import dev.fairway.testkit.world.MacAddress;
import dev.fairway.testkit.world.NodeHost;
import dev.fairway.testkit.world.PodHost;
import dev.fairway.testkit.world.World;
import dev.fairway.testkit.world.WorldOptions;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The whole path: a Service, the controller, speakers on three nodes, kube-proxy, pods, and
/// clients that only know the address. Controller and speakers have the rights of their roles and
/// no others.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnnouncedServiceIT {
  private static final User CONTROLLER =
      User.serviceAccount("fairway-system", "fairway-controller");
  private static final User SPEAKER = User.serviceAccount("fairway-system", "fairway-speaker");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration ONE_TRY = Duration.ofMillis(500);
  private static final int PORT = 8765;

  @TempDir static Path directory;
  private final Map<String, ChildProcess> speakers = new HashMap<>();
  private World world;
  private ChildProcess controller;
  private PodHost pod1;
  private PodHost pod2;
  private Service service;
  private String vip;

  @BeforeAll
  void makeAWorld() {
    world =
        World.create(
            directory,
            KubeBinaries.fromEnvironment(),
            WorldOptions.PLAIN.withUser(CONTROLLER).withUser(SPEAKER));
    world.controlPlane().applyYaml(TestCluster.DEPLOY.resolve("kustomize/base"));
    controller = startController();
    world.nodes().forEach(this::startSpeaker);
    pod1 = world.node("node-1").startPod("web-1", Map.of("app", "web"), 8080);
    pod2 = world.node("node-2").startPod("web-2", Map.of("app", "web"), 8080);
    apply("AddressPool", "lan", Map.of("addresses", List.of("10.13.242.0/24")));
    apply("Announcement", "lan", Map.of("l2", Map.of()));
    world.awaitProxies();
  }

  @AfterAll
  void close() {
    world.close();
  }

  @BeforeEach
  void createAService() {
    service =
        world
            .controlPlane()
            .client()
            .resource(
                new ServiceBuilder()
                    .withNewMetadata()
                    .withNamespace("default")
                    .withName("web")
                    .endMetadata()
                    .withNewSpec()
                    .withType("LoadBalancer")
                    .addToSelector("app", "web")
                    .addNewPort()
                    .withPort(PORT)
                    .withNewTargetPort(8080)
                    .endPort()
                    .endSpec()
                    .build())
            .create();
    vip = TestCluster.awaitValue("an address", this::address);
    awaitAnswer();
  }

  @AfterEach
  void deleteTheService() {
    world.controlPlane().client().resource(service).delete();
    await("the Service to be gone")
        .atMost(SOON)
        .until(() -> world.controlPlane().client().resource(service).get() == null);
  }

  @Test
  void theAddressAnswersForBothClientsAndOneNodeAnswersArp() {
    awaitAnswer();
    await().atMost(SOON).until(() -> world.routedClient().get(vip, PORT, ONE_TRY).isOk());

    assertThat(world.client().arp(vip)).contains(world.node(owner()).mac());
    assertThat(world.client().arp("10.13.242.254")).isEmpty();
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(vipStatus())
                .containsEntry("announcedBy", owner())
                .containsEntry("mac", world.node(owner()).mac().text())
                .containsEntry("interface", "eth0"));
  }

  @Test
  void aDeletedServiceIsNotAnsweredForAnyMore() {
    world.controlPlane().client().resource(service).delete();

    await().atMost(SOON).until(() -> world.client().arp(vip).isEmpty());
  }

  @Test
  void aSpeakerThatIsStoppedHandsOverBeforeItFallsSilent() throws Exception {
    var before = owner();
    var stopping = speakers.get(before);
    var lost = 0;
    var asked = 0;

    var stop = CompletableFuture.runAsync(() -> stopping.stop(Duration.ofSeconds(15)));
    while (!stop.isDone()) {
      asked++;
      lost += world.client().get(vip, PORT, Duration.ofSeconds(2)).isOk() ? 0 : 1;
    }

    stop.get();
    assertThat(asked).isPositive();
    // A connection that is open at the moment of the move breaks: the next node does not know it.
    assertThat(lost).as("of %d requests, one after the other", asked).isLessThanOrEqualTo(1);
    assertThat(owner()).isNotEqualTo(before);
    assertThat(world.client().arp(vip)).contains(world.node(owner()).mac());
    startSpeaker(world.node(before));
  }

  @Test
  void aNodeThatIsCutIsFollowedByAnotherAndTakesNothingBack() {
    var before = world.node(owner());
    before.cut();

    await("another node to answer")
        .atMost(SOON)
        .until(() -> world.client().arp(vip).filter(mac -> !mac.equals(before.mac())).isPresent());
    awaitAnswer();
    var after = world.client().arp(vip);

    before.heal();
    await("the healed node to be alive again")
        .atMost(SOON)
        .until(() -> owners().contains(before.name()));
    assertThat(owner()).isNotEqualTo(before.name());
    // Until it has heard of its successor it may answer too; then, whoever answers first, it is
    // never the one that was lost.
    await("the healed node to stay silent")
        .during(Duration.ofSeconds(1))
        .atMost(SOON)
        .until(() -> world.client().arp(vip).equals(after));
    awaitAnswer();
  }

  @Test
  void aSpeakerThatIsKilledIsFollowedByAnother() {
    var before = owner();
    speakers.get(before).kill9();

    await("another node to answer")
        .atMost(SOON)
        .until(() -> answering().filter(mac -> !mac.equals(mac(before))).isPresent());
    startSpeaker(world.node(before));
  }

  @Test
  void theAddressAnswersWhileControllerAndApiServerAreDown() {
    var before = owner();
    controller.kill9();
    world.controlPlane().stopApiServer();
    try {
      // Longer than a speaker may be silent: nobody may be declared dead by that. Paced, and with
      // time
      // for one repeated SYN: this is about the address, not about how many connections a client
      // can
      // open.
      await("answers without the API server")
          .pollInterval(Duration.ofMillis(50))
          .during(Duration.ofSeconds(5))
          .atMost(Duration.ofSeconds(15))
          .until(() -> world.client().get(vip, PORT, Duration.ofSeconds(3)).isOk());
      assertThat(world.client().arp(vip)).contains(mac(before));
    } finally {
      world.controlPlane().startApiServer();
      controller = startController();
    }

    await("a Service made afterwards to be served")
        .atMost(Duration.ofSeconds(40))
        .until(() -> TestCluster.isServed(world.controlPlane().client(), "late"));
    assertThat(owner()).isEqualTo(before);
    world.controlPlane().client().services().inNamespace("default").withName("late").delete();
  }

  @Test
  void aNodeThatIsDrainedGoesOnForwardingWhileTheNextOneAnswers() {
    var before = world.node(owner());
    var client = world.client();
    drain(before.name(), true);
    try {
      var lost = 0;
      var until = System.nanoTime() + SOON.toNanos();
      while (client.arp(vip).equals(Optional.of(before.mac())) && System.nanoTime() < until) {
        client.flushNeighbours();
        lost += client.get(vip, PORT, Duration.ofSeconds(2)).isOk() ? 0 : 1;
      }
      // One that is open at the moment of the move breaks: the next node does not know it.
      assertThat(lost).isLessThanOrEqualTo(1);
      await("the next one to answer")
          .atMost(SOON)
          .until(() -> client.arp(vip).equals(Optional.of(mac(owner()))));

      client.ip(
          "neighbour",
          "replace",
          vip,
          "lladdr",
          before.mac().text(),
          "dev",
          "eth0",
          "nud",
          "permanent");
      await("answers by the way of the drained node, for those who still send there")
          .during(Duration.ofSeconds(5))
          .atMost(SOON)
          .until(() -> client.get(vip, PORT, ONE_TRY).isOk());
    } finally {
      client.ip("neighbour", "del", vip, "dev", "eth0");
      drain(before.name(), false);
    }
    assertThat(owner()).isNotEqualTo(before.name());
  }

  private void drain(String node, boolean drained) {
    var taint = new TaintBuilder().withKey("fairway.dev/drain").withEffect("NoSchedule").build();
    world
        .controlPlane()
        .client()
        .nodes()
        .withName(node)
        .edit(now ->
            new NodeBuilder(now)
                .editSpec()
                .withTaints(drained ? List.of(taint) : List.of())
                .endSpec()
                .build());
  }

  @Test
  void anAddressThatAForeignHostHasIsNotShownAndGivenToNobodyOnceThereIsAnother() {
    var foreign = "10.13.241.9";
    var free = "10.13.241.10";
    world.client().ip("address", "add", foreign + "/32", "dev", "eth0");
    var pool = Map.<String, Object>of("autoAssign", false, "addresses", List.of(foreign + "/32"));
    apply("AddressPool", "contested", pool);
    try {
      var contested =
          world
              .controlPlane()
              .client()
              .resource(
                  TestCluster.service("default", "contested")
                      .editMetadata()
                      .addToAnnotations("fairway.dev/address-pool", "contested")
                      .endMetadata()
                      .build())
              .create();
      await("the host to be found")
          .atMost(SOON)
          .until(() ->
              Optional.ofNullable(TestCluster.vip(world.controlPlane().client(), foreign))
                  .map(vip -> vip.<Object>get("status", "conflict"))
                  .isPresent());
      await("the address not to be shown")
          .atMost(SOON)
          .until(() -> TestCluster.addresses(world.controlPlane().client(), contested).isEmpty());

      apply(
          "AddressPool",
          "contested",
          Map.of("autoAssign", false, "addresses", List.of(foreign + "/32", free + "/32")));

      await("another address")
          .atMost(SOON)
          .until(() ->
              TestCluster.addresses(world.controlPlane().client(), contested)
                  .equals(List.of(free)));
      await("nobody to get the one of that host")
          .atMost(SOON)
          .until(() ->
              Optional.ofNullable(TestCluster.vip(world.controlPlane().client(), foreign))
                  .map(vip -> vip.<Object>get("spec", "foreignMac"))
                  .isPresent());
      await("an answer").atMost(SOON).until(() -> world.client().arp(free).isPresent());
    } finally {
      world.client().ip("address", "del", foreign + "/32", "dev", "eth0");
      world
          .controlPlane()
          .client()
          .services()
          .inNamespace("default")
          .withName("contested")
          .delete();
    }
  }

  @Test
  void withPolicyLocalTheAddressFollowsTheEndpoints() {
    TestCluster.patch(
        world.controlPlane().client(), service, "{\"spec\":{\"externalTrafficPolicy\":\"Local\"}}");
    await().atMost(SOON).until(() -> List.of("node-1", "node-2").contains(owner()));
    pod1.setReady(false);
    await().atMost(SOON).until(() -> owner().equals("node-2"));
    pod1.setReady(true);
    pod2.setReady(false);
    await().atMost(SOON).until(() -> owner().equals("node-1"));
    awaitAnswer();
    pod2.setReady(true);
  }

  private ChildProcess startController() {
    return world.add(
        FairwayApp.fromEnvironment()
            .startController(world.controlPlane().kubeconfig(CONTROLLER), directory));
  }

  private void startSpeaker(NodeHost node) {
    speakers.put(
        node.name(),
        world.add(
            FairwayApp.fromEnvironment()
                .startSpeaker(node, world.controlPlane().kubeconfig(SPEAKER), directory)));
  }

  private void apply(String kind, String name, Map<String, Object> spec) {
    world
        .controlPlane()
        .client()
        .resource(TestCluster.resource(kind, name, spec))
        .serverSideApply();
  }

  private Optional<String> address() {
    return TestCluster.addresses(world.controlPlane().client(), service).stream().findFirst();
  }

  private void awaitAnswer() {
    await("an answer at " + vip)
        .atMost(SOON)
        .until(() -> world.client().get(vip, PORT, ONE_TRY).isOk());
  }

  private Optional<MacAddress> answering() {
    return world.client().arp(vip);
  }

  private MacAddress mac(String node) {
    return world.node(node).mac();
  }

  private String owner() {
    return owners().getFirst();
  }

  /// The owners of our Vip; waits until it has some.
  @SuppressWarnings("unchecked")
  private List<String> owners() {
    return TestCluster.awaitValue(
        "an owner",
        () ->
            Optional.ofNullable(TestCluster.vip(world.controlPlane().client(), vip))
                .map(v -> (Map<String, Object>) v.get("spec"))
                .map(spec -> (List<String>) spec.get("owners"))
                .filter(list -> !list.isEmpty()));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> vipStatus() {
    return Optional.ofNullable(TestCluster.vip(world.controlPlane().client(), vip))
        .map(v -> (Map<String, Object>) v.get("status"))
        .orElse(Map.of());
  }
}
