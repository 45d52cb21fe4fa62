// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static dev.fairway.manager.e2e.TestCluster.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What survives: crashes of the controller, a second one beside it, a restart of the API server.
class RestartIT {
  private static final String NAMESPACE = "default";
  private static final Duration TAKEOVER = Duration.ofSeconds(30);
  private TestCluster cluster;

  @BeforeEach
  void start() {
    cluster = TestCluster.start();
    cluster.pool("a", "10.78.0.0/26");
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  /// Kills the controller at random moments while Services come and go. The seed is in the message
  /// of a failure.
  @Test
  void aControllerKilledAtAnyMomentChangesNoAddressAndGivesNoneTwice() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    var services = new ArrayList<Service>();
    var given = new HashMap<String, String>();
    for (var round = 0; round < 5; round++) {
      var controller = cluster.controller();
      for (var n = 0; n < 8; n++) {
        services.add(cluster.create(service(NAMESPACE, "web-%d-%d".formatted(round, n))));
      }
      var least = random.nextInt(services.size());
      await()
          .atMost(TAKEOVER)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> given(services).size() >= least);
      controller.kill9();
      unchanged(given, given(services), seed);
    }
    var last = cluster.controller();
    services.forEach(
        web -> await().atMost(TAKEOVER).until(() -> !cluster.addresses(web).isEmpty()));
    last.requireAlive();

    var end = given(services);
    unchanged(given, end, seed);
    assertThat(new HashSet<>(end.values())).as("seed %d", seed).hasSize(services.size());
    await()
        .atMost(TAKEOVER)
        .untilAsserted(
            () -> assertThat(new HashSet<>(cluster.vips())).isEqualTo(new HashSet<>(end.values())));
  }

  @Test
  void aRestartWritesNothingAndTellsNothing() {
    var first = cluster.controller();
    var services = new ArrayList<Service>();
    for (var n = 0; n < 10; n++) {
      services.add(cluster.create(service(NAMESPACE, "web-" + n)));
    }
    services.forEach(cluster::awaitAddress);
    await().until(() -> services.stream().allMatch(s -> cluster.events(s).size() == 2));
    first.stop(Duration.ofSeconds(20));
    var before = versions(services);

    cluster.controller();
    var late = cluster.create(service(NAMESPACE, "late"));
    cluster.awaitAddress(late);

    assertThat(versions(services)).isEqualTo(before);
    assertThat(services).allSatisfy(s -> assertThat(cluster.events(s)).hasSize(2));
  }

  @Test
  void aLeaderThatWasFrozenInTheMiddleOfItsWorkWritesNothingWhenItThaws() {
    var leader = cluster.controller();
    var first = cluster.create(service(NAMESPACE, "first"));
    cluster.awaitAddress(first);
    cluster.controller();
    var services = new ArrayList<Service>(List.of(first));
    for (var n = 0; n < 20; n++) {
      services.add(cluster.create(service(NAMESPACE, "web-" + n)));
    }
    leader.freeze();
    services.forEach(
        web -> await().atMost(TAKEOVER).until(() -> !cluster.addresses(web).isEmpty()));
    // While it sleeps, the world goes on: what it knows is out of date.
    cluster.client().resource(services.getLast()).delete();
    var gone = services.removeLast();
    await().atMost(TAKEOVER).until(() -> cluster.get(gone).isEmpty());
    await().until(() -> cluster.vips().size() == services.size());
    var before = versions(services);

    leader.thaw();

    // It says so itself when it has seen that it lost the Lease; then it has had its chance. A
    // request that was on its way when it froze cannot be called back: the versions that it carries
    // make it harmless.
    await().atMost(TAKEOVER).until(() -> leader.tail(1_000).contains("leads no longer"));
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(6))
        .untilAsserted(() -> {
          assertThat(versions(services)).isEqualTo(before);
          assertThat(cluster.vips()).hasSameSizeAs(services);
        });
    leader.requireAlive();
  }

  @Test
  void theSecondReplicaTakesOverWhenTheLeaderIsGone() {
    var leader = cluster.controller();
    var first = cluster.create(service(NAMESPACE, "first"));
    var address = cluster.awaitAddress(first);
    cluster.controller();

    leader.kill9();

    var second = cluster.create(service(NAMESPACE, "second"));
    await().atMost(TAKEOVER).until(() -> !cluster.addresses(second).isEmpty());
    assertThat(cluster.addresses(first)).containsExactly(address);
  }

  @Test
  void aRestartOfTheApiServerNeedsNoRestartOfTheController() {
    var controller = cluster.controller();
    var before = cluster.create(service(NAMESPACE, "before"));
    var address = cluster.awaitAddress(before);

    cluster.controlPlane().stopApiServer();
    cluster.controlPlane().startApiServer();

    var after = cluster.create(service(NAMESPACE, "after"));
    await().atMost(TAKEOVER).until(() -> !cluster.addresses(after).isEmpty());
    controller.requireAlive();
    assertThat(cluster.addresses(before)).containsExactly(address);
  }

  private Map<String, String> given(List<Service> services) {
    var given = new HashMap<String, String>();
    for (var web : services) {
      cluster.addresses(web).forEach(ip -> given.put(web.getMetadata().getName(), ip));
    }
    return given;
  }

  private static void unchanged(Map<String, String> before, Map<String, String> now, long seed) {
    before.forEach((name, ip) -> assertThat(now).as("seed %d", seed).containsEntry(name, ip));
    before.putAll(now);
  }

  private List<String> versions(List<Service> services) {
    return services.stream()
        .map(s -> cluster.get(s).orElseThrow().getMetadata().getResourceVersion())
        .toList();
  }
}
