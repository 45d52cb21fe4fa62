// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static dev.fairway.manager.e2e.TestCluster.SOON;
import static dev.fairway.manager.e2e.TestCluster.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Vips that no Service claims: one whose Service went without its finalizer while no controller
/// ran, and one that somebody made by hand.
class OrphanIT {
  private static final String NAMESPACE = "default";
  private static final String BY_HAND = "10.82.0.9";
  private TestCluster cluster;
  private String inUse;
  private String left;
  private int port;

  @BeforeEach
  void twoOrphansAndOneInUse() {
    port = freePort();
    cluster = TestCluster.start();
    cluster.pool("a", "10.82.0.0/29");
    var controller = cluster.controller();
    inUse = cluster.awaitAddress(cluster.create(service(NAMESPACE, "web")));
    var gone = cluster.create(service(NAMESPACE, "gone"));
    left = cluster.awaitAddress(gone);
    controller.kill9();
    TestCluster.patch(cluster.client(), gone, "{\"metadata\":{\"finalizers\":null}}");
    cluster.client().resource(gone).delete();
    await().atMost(SOON).until(() -> cluster.get(gone).isEmpty());
    cluster
        .client()
        .resource(
            TestCluster.resource(
                "Vip", BY_HAND, Map.of("address", BY_HAND, "loadBalancer", "default/nobody")))
        .create();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void orphansAreCountedAndStay() {
    cluster.controller("", port);

    await().atMost(SOON).until(() -> metric("fairway_orphans") == 2);
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(6))
        .until(() -> cluster.vips().containsAll(List.of(inUse, left, BY_HAND)));
  }

  @Test
  void orphansAreDeletedWhereThatIsWantedAndNothingElseIs() {
    cluster.controller("orphans: {delete: true, graceSeconds: 0}\n", port);

    await().atMost(SOON).until(() -> cluster.vips().equals(List.of(inUse)));
    await().atMost(SOON).until(() -> metric("fairway_orphans_deleted_total") == 2);
    assertThat(metric("fairway_orphans")).isZero();
  }

  @Test
  void aServiceMadeAgainTakesItsOrphanBack() {
    cluster.controller("", port);
    await().atMost(SOON).until(() -> metric("fairway_orphans") == 2);

    var again = cluster.create(service(NAMESPACE, "gone"));

    assertThat(cluster.awaitAddress(again)).isEqualTo(left);
    await().atMost(SOON).until(() -> metric("fairway_orphans") == 1);
  }

  /// Negative while it cannot be read.
  private double metric(String name) {
    try (var in = URI.create("http://127.0.0.1:%d/metrics".formatted(port)).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElse(-1);
    } catch (IOException _) {
      return -1;
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
