// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.testkit.sim.Fault;
import dev.fairway.testkit.sim.SimulatedCloud;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Many workers at once, on real threads. What they do is not the same from run to run; what users
/// do is.
class ConcurrentStressTest {
  private static final int CHANGES = 3_000;
  private static final List<String> NAMES =
      IntStream.range(0, 12).mapToObj(n -> (n < 9 ? "default/s" : "blog/s") + n).toList();

  private final long seed = Long.getLong("fairway.stress.seed", 42);
  private final Random random = new Random(seed);
  private int nodePorts = 30_000;
  private final Stage stage =
      new Stage(
          new SimulatedCloud.Options(Duration.ofNanos(200_000), Duration.ofSeconds(1), 0),
          false,
          parts -> parts.withSeed(seed));

  @Test
  void callsForOneLoadBalancerNeverOverlapAndItEndsAsItShould() throws InterruptedException {
    stage.cloud.inject(_ -> {
      synchronized (random) {
        return random.nextInt(40) > 0
            ? new Fault.None()
            : new Fault.LoseAnswer(() -> new CloudException.Unavailable("no answer", null));
      }
    });
    stage.process.workers.start();
    for (var n = 0; n < CHANGES; n++) {
      synchronized (random) {
        change();
      }
      stage.process.watch.tellAll();
      if (n % 10 == 0) {
        stage.clock.advance(Duration.ofMillis(500));
      }
    }
    stage.cloud.inject(Fault.Script.none());
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          stage.clock.advance(Duration.ofMinutes(1));
          stage.process.watch.tellAll();
          stage.assertAsItShouldBe("seed " + seed);
        });
    stage.process.queue.shutDown();
    assertThat(stage.process.workers.awaitEnd(Duration.ofSeconds(10))).isTrue();

    assertThat(stage.cloud.overlaps()).as("seed %d", seed).isZero();
    stage.restart().deleteAllAndAssertNothingLeft("seed " + seed);
  }

  private void change() {
    var cluster = stage.cluster;
    var name = NAMES.get(random.nextInt(NAMES.size()));
    var port = 80 + random.nextInt(3);
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> {
        if (cluster.service(name).isEmpty()) {
          cluster.create(name, service -> service.nodePortOf.put(port, nodePorts++));
        }
      }
      case 3, 4 -> cluster.edit(name, service -> service.nodePortOf.putIfAbsent(port, nodePorts++));
      case 5, 6 -> cluster.edit(name, service -> service.share("default/x").permits("*"));
      case 7 -> cluster.edit(name, StoredService::alone);
      case 8 -> cluster.delete(name);
      case 9 -> cluster.edit(name, service -> service.loadBalancer = !service.loadBalancer);
      case 10 -> {
        cluster.nodes(1 + random.nextInt(3));
        stage.process.triggers.targetsChanged();
      }
      default -> stage.process.triggers.everythingChanged();
    }
  }
}
