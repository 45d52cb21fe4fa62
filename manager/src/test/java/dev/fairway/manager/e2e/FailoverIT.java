// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairway.testkit.kube.KubeBinaries;
import dev.fairway.testkit.kube.User;
import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.world.ArpPulse;
import dev.fairway.testkit.world.FairwayApp;
import dev.fairway.testkit.world.MacAddress;
import dev.fairway.testkit.world.NodeHost;
import dev.fairway.testkit.world.World;
import dev.fairway.testkit.world.WorldOptions;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Owners that follow each other without anybody's help: each test takes the API server or a
/// process away and looks at who answers on the wire.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailoverIT {
  private static final User CONTROLLER =
      User.serviceAccount("fairway-system", "fairway-controller");
  private static final User SPEAKER = User.serviceAccount("fairway-system", "fairway-speaker");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration ONE_TRY = Duration.ofMillis(500);
  private static final int HTTP = 7472;
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration PULSE = Duration.ofMillis(5);

  // What two owners may answer together is 100 ms; the rest is for a machine with much to do.
  private static final Duration TOGETHER = Duration.ofMillis(400);

  @TempDir static Path directory;
  private final Map<String, ChildProcess> speakers = new HashMap<>();
  private World world;
  private String vip;

  @BeforeAll
  void makeAWorld() {
    world =
        World.create(
            directory,
            KubeBinaries.fromEnvironment(),
            WorldOptions.PLAIN.withUser(CONTROLLER).withUser(SPEAKER));
    world.controlPlane().applyYaml(TestCluster.DEPLOY.resolve("kustomize/base"));
    world.add(
        FairwayApp.fromEnvironment()
            .startController(world.controlPlane().kubeconfig(CONTROLLER), directory));
    world.nodes().forEach(this::startSpeaker);
    apply("AddressPool", "lan", Map.of("addresses", List.of("10.13.242.0/24")));
    apply("Announcement", "lan", Map.of("l2", Map.of()));
    var service =
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
                    .addNewPort()
                    .withPort(80)
                    .endPort()
                    .endSpec()
                    .build())
            .create();
    // Four processes begin together.
    vip =
        await("an address")
            .atMost(START)
            .until(
                () ->
                    TestCluster.addresses(world.controlPlane().client(), service).stream()
                        .findFirst(),
                Optional::isPresent)
            .orElseThrow();
  }

  @AfterAll
  void close() {
    world.close();
  }

  @Test
  void withoutTheApiServerTheNextOwnerTakesOverFromOneThatIsKilled() {
    var before = settledOwner();
    world.controlPlane().stopApiServer();
    try (var pulse = pulse()) {
      speakers.get(before.name()).kill9();

      awaitOther(pulse, before.mac());
    } finally {
      world.controlPlane().startApiServer();
    }

    startSpeaker(before);
    // What happened meanwhile is written, and the list of owners follows what is.
    var after = settledOwner();
    assertThat(after.name()).isNotEqualTo(before.name());
    assertThat(status().get("reason")).isEqualTo(before.name() + " was not heard for 300 ms");
  }

  @Test
  void aProcessThatWasStoppedDoesNotAnswerBesideTheOneThatTookOver() {
    var before = settledOwner();
    var stopped = speakers.get(before.name());
    try (var pulse = pulse()) {
      stopped.freeze();
      var after = awaitOther(pulse, before.mac());
      stopped.thaw();

      awaitHeard(before, after);
      assertThat(pulse.longestTogether()).isLessThan(TOGETHER);
    }

    assertThat(settledOwner().name()).isNotEqualTo(before.name());
  }

  @Test
  void whoWasCutOffGivesWayWhenTheCutHeals() {
    var before = settledOwner();
    try (var pulse = pulse()) {
      before.unplug();
      var after = awaitOther(pulse, before.mac());
      before.heal();

      awaitHeard(before, after);
      assertThat(pulse.longestTogether()).isLessThan(TOGETHER);
    }

    assertThat(settledOwner().name()).isNotEqualTo(before.name());
  }

  // Its old list names nobody who still has it in a list.
  @Test
  void whoWasCutOffUntilTheControllerGaveItUpGivesWayWhenTheCutHeals() {
    var before = settledOwner();
    try (var pulse = pulse()) {
      before.unplug();
      var after = awaitOther(pulse, before.mac());
      await("the lists to be without it")
          .atMost(SOON)
          .until(() -> !owners().contains(before.name()) && !owners().isEmpty());
      before.heal();

      awaitHeard(before, after);
      assertThat(pulse.longestTogether()).isLessThan(TOGETHER);
    }

    assertThat(settledOwner().name()).isNotEqualTo(before.name());
  }

  private ArpPulse pulse() {
    return world.client().arpPulse(vip, PULSE);
  }

  private static MacAddress awaitOther(ArpPulse pulse, MacAddress before) {
    var since = System.nanoTime();
    await("another node to answer")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> pulse.firstOther(before, since).isPresent());
    return pulse.firstOther(before, since).orElseThrow().mac();
  }

  // Long enough that it has been on the network again for a while, and is ready to follow.
  private void awaitHeard(NodeHost back, MacAddress owner) {
    await("%s to be an owner again and the other one to go on".formatted(back))
        .atMost(SOON)
        .until(() -> owners().contains(back.name()));
    await()
        .during(Duration.ofSeconds(2))
        .atMost(SOON)
        .until(() -> world.client().arp(vip).filter(owner::equals).isPresent());
  }

  /// The owner, once all speakers work, all nodes are in the list, and it is the one that answers.
  private NodeHost settledOwner() {
    await("all speakers to be ready")
        .atMost(SOON)
        .until(() ->
            world.nodes().stream()
                .allMatch(node -> node.get(node.address(), HTTP, "/readyz", ONE_TRY).isOk()));
    await("all nodes to be owners, and the first to answer")
        .atMost(SOON)
        .until(() ->
            owners().size() == 3
                && owners().getFirst().equals(status().get("announcedBy"))
                && world
                    .client()
                    .arp(vip)
                    .filter(world.node(owners().getFirst()).mac()::equals)
                    .isPresent());
    return world.node(owners().getFirst());
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

  @SuppressWarnings("unchecked")
  private List<String> owners() {
    return (List<String>) part("spec").getOrDefault("owners", List.of());
  }

  private Map<String, Object> status() {
    return part("status");
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> part(String name) {
    return Optional.ofNullable(TestCluster.vip(world.controlPlane().client(), vip))
        .map(found -> (Map<String, Object>) found.get(name))
        .orElse(Map.of());
  }
}
