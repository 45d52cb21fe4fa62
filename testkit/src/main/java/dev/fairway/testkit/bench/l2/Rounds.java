// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.process.Until;
import dev.fairway.testkit.world.ArpPulse;
import dev.fairway.testkit.world.NodeHost;
import dev.fairway.testkit.world.UdpPulse;
import java.time.Duration;
import java.util.Random;

/// Loses the node that answers, and has it back.
final class Rounds {
  private static final Duration PULSE = Duration.ofMillis(5);
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration BACK_LIMIT = Duration.ofMinutes(1);
  private static final int ANSWERS = 20;

  // Shorter and longer than it takes the controller to give another node the address for good.
  private static final Duration SHORT = Duration.ofMillis(1_500);
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final Duration AFTERWARDS = Duration.ofSeconds(2);

  // Losses must not beat the same time with heartbeats.
  private static final int SPREAD_MILLIS = 200;

  private final L2World world;
  private final Loss loss;
  private final Random random;

  /// @param seed decides the moments of the losses
  Rounds(L2World world, Loss loss, long seed) {
    this.world = world;
    this.loss = loss;
    this.random = new Random(seed);
  }

  /// @param number from 1 on; even ones are lost for longer
  Round play(int number) {
    var before = world.settledOwner();
    // What it learned before must not spare it this loss.
    world.world().router().flushNeighbours();
    try (var pulse = world.world().client().arpPulse(world.vip(), PULSE);
        var routed = world.world().routedClient().udpPulse(world.vip(), WebService.PORT, PULSE)) {
      awaitAnswers(pulse, routed);
      Until.pause(Duration.ofMillis(random.nextInt(SPREAD_MILLIS)));
      var lost = System.nanoTime();
      loss.strike(world, before);
      Until.isTrue(
          "another node to answer in place of " + before,
          LIMIT,
          () -> pulse.firstOther(before.mac(), lost).isPresent());
      Until.pause(number % 2 == 0 ? LONG : SHORT);
      var returned = System.nanoTime();
      loss.mend(world, before);
      awaitBack(before);
      Until.pause(AFTERWARDS);
      var end = System.nanoTime();
      var after = world.settledOwner();
      return new Round(
          Takeover.of(pulse.answers(), before.mac(), lost).millis(),
          Gap.longest(routed.answers(), lost, returned).millis(),
          Gap.longest(routed.answers(), returned, end).millis(),
          pulse.longestTogether().toNanos() / 1e6,
          after.name().equals(before.name()),
          world.vips().announcedBy(world.vip()).filter(after.name()::equals).isPresent(),
          routerSendsTo(after));
    }
  }

  private boolean routerSendsTo(NodeHost node) {
    return world.world().router().ip("neigh", "show", world.vip()).contains(node.mac().text());
  }

  private static void awaitAnswers(ArpPulse pulse, UdpPulse routed) {
    Until.isTrue(
        "answers by ARP, and through the router",
        LIMIT,
        () -> pulse.answers().size() > ANSWERS && routed.answers().size() > ANSWERS);
  }

  private void awaitBack(NodeHost node) {
    Until.isTrue(
        "%s to be an owner again".formatted(node),
        BACK_LIMIT,
        () -> world.vips().owners(world.vip()).contains(node.name()));
  }
}
