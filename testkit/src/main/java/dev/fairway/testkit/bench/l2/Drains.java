// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.bench.Part;
import dev.fairway.testkit.process.Until;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The node that answers is drained, while clients on both sides of the router make connections.
final class Drains implements Part<L2Stage, L2Figure> {
  private static final Duration PULSE = Duration.ofMillis(5);
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration BEFORE = Duration.ofMillis(500);
  // Longer than the old owner goes on forwarding.
  private static final Duration AFTER_MOVE = Duration.ofSeconds(6);
  private static final Duration AFTER_RETURN = Duration.ofSeconds(2);
  private static final int ROUNDS_PER_DRAIN = 10;

  @Override
  public String title() {
    return "the owner is drained";
  }

  @Override
  public Set<L2Figure> figures() {
    return Set.of(L2Figure.DRAIN_LOST);
  }

  @Override
  public void run(L2Stage stage) {
    stage.world().run(Profile.DEFAULT);
    var lost = 0;
    var details = new LinkedHashMap<String, Object>();
    for (var way : Draining.values()) {
      for (var number = 1; number <= drains(stage.options().rounds()); number++) {
        var name = "%s %d".formatted(way, number);
        var seen = drain(stage, way);
        details.put(name, seen.asMap());
        stage.outcome().detail("drain", details);
        stage.say(name + ": " + seen.asMap());
        lost += seen.lost();
      }
    }
    stage.outcome().put(L2Figure.DRAIN_LOST, lost);
  }

  /// Of each kind.
  static int drains(int rounds) {
    return Math.max(1, rounds / ROUNDS_PER_DRAIN);
  }

  /// @param moveMillis from the mark until another node answered
  /// @param broken connections that were open at that moment
  private record Seen(
      int made, int lost, int broken, String firstReason, double moveMillis, double together) {
    Map<String, Object> asMap() {
      return Map.of(
          "connections", made,
          "lost", lost,
          "broken", broken,
          "firstReason", firstReason,
          "moveMillis", Math.round(moveMillis),
          "togetherMillis", Math.round(together));
    }
  }

  private static Seen drain(L2Stage stage, Draining way) {
    var place = stage.world();
    var before = place.settledOwner();
    var near = new Connections(place.world().client(), place.vip());
    var far = new Connections(place.world().routedClient(), place.vip());
    try (var pulse = place.world().client().arpPulse(place.vip(), PULSE)) {
      try (near;
          far) {
        Until.pause(BEFORE);
        var marked = System.nanoTime();
        way.begin(place.client(), before.name());
        Until.isTrue(
            "another node to answer in place of %s, which is drained".formatted(before),
            LIMIT,
            () -> pulse.firstOther(before.mac(), marked).isPresent());
        var moved = pulse.firstOther(before.mac(), marked).orElseThrow().atNanos();
        Until.pause(AFTER_MOVE);
        Draining.end(place.client(), before.name());
        Until.pause(AFTER_RETURN);
        stage.sawMovedBack(place.settledOwner().name().equals(before.name()) ? 1 : 0);
        near.close();
        far.close();
        var together = pulse.longestTogether().toNanos() / 1e6;
        stage.sawTogether(together);
        return new Seen(
            near.made() + far.made(),
            near.lost().size() + far.lost().size(),
            near.broken() + far.broken(),
            near.lost().stream().findFirst().or(() -> far.lost().stream().findFirst()).orElse(""),
            new Gap(marked, moved).millis(),
            together);
      } finally {
        Draining.end(place.client(), before.name());
      }
    }
  }
}
