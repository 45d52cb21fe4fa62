// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.testkit.openstack.fault.CrashPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/// A Service that is changed at random, by processes that die at random, ends as one that was made
/// so at once. To walk the same way again: `-Dfairway.seed=SEED`.
class RandomWalkTest extends OnSimulator {
  private static final int STEPS = 8;

  @RepeatedTest(3)
  void whereverItWalksItEndsAsIfItHadBeenMadeThere() {
    var seed = Long.getLong("fairway.seed", System.nanoTime());
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var way = new ArrayList<Asked>();
    for (var step = 0; step < STEPS; step++) {
      var next = anything(random);
      way.add(next);
      walk(next, random);
    }
    var last = way.getLast();
    var end = sight.picture();

    controller.restart();
    var again = during(() -> controller.reach(last));
    assertThat(again.writes().count()).as("seed %d: %s", seed, way).isZero();
    controller.remove(last);
    assertThat(sight.picture()).as("seed %d: removed", seed).isEmpty();
    controller.reach(last);
    assertThat(end).as("seed %d: %s", seed, way).isEqualTo(sight.picture());
  }

  private void walk(Asked next, Random random) {
    if (random.nextInt(3) == 0) {
      var crash = world.proxy.faults().add(new CrashPoint(1 + random.nextInt(3), controller::kill));
      try {
        controller.reach(next.present(), crash::reached);
      } catch (RuntimeException e) {
        if (!crash.reached()) {
          throw e;
        }
      }
      world.proxy.faults().clear();
      controller.restart();
    }
    controller.reach(next);
  }

  private static Asked anything(Random random) {
    var asked = Asked.service("walker").ports(ports(random)).nodes(random.nextInt(5));
    if (random.nextInt(4) == 0) {
      asked = asked.internal();
    }
    if (random.nextInt(3) == 0) {
      asked = asked.openTo("10.0.0.0/8", "192.0.2.0/24");
    }
    if (random.nextInt(4) == 0) {
      asked = asked.localOnly();
    }
    if (random.nextInt(4) == 0) {
      asked = asked.sticky(Duration.ofHours(1));
    }
    if (random.nextInt(3) == 0) {
      asked = asked.theirs("lb-method", "LEAST_CONNECTIONS");
    }
    if (random.nextInt(3) == 0) {
      asked = asked.theirs("timeout-client-data", "70000");
    }
    if (random.nextInt(3) == 0) {
      asked = asked.theirs("enable-health-monitor", Boolean.toString(random.nextBoolean()));
    }
    return switch (random.nextInt(4)) {
      case 0 -> asked.theirs("proxy-protocol", random.nextBoolean() ? "v1" : "v2");
      case 1 -> asked.theirs("x-forwarded-for", "true");
      default -> asked;
    };
  }

  private static String[] ports(Random random) {
    var all = List.of("TCP/80", "UDP/80", "TCP/443", "UDP/53");
    var some = all.stream().filter(_ -> random.nextBoolean()).toList();
    return (some.isEmpty() ? List.of("TCP/80") : some).toArray(String[]::new);
  }
}
