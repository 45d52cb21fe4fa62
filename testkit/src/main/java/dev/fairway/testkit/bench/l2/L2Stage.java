// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.bench.Outcome;
import dev.fairway.testkit.bench.Progress;
import dev.fairway.testkit.bench.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Where the parts run, and what they found so far.
final class L2Stage implements Stage<L2Figure>, AutoCloseable {
  private final Site site;
  private final L2Options options;
  private final Progress progress;
  private final Outcome<L2Figure> outcome = new Outcome<>(L2Figure.class);
  private final List<Double> together = new ArrayList<>();
  private Optional<L2World> world = Optional.empty();
  private final Map<String, Integer> rounds = new HashMap<>();
  private OptionalInt movedBack = OptionalInt.empty();

  L2Stage(Site site, L2Options options, Progress progress) {
    this.site = site;
    this.options = options;
    this.progress = progress;
  }

  Site site() {
    return site;
  }

  L2Options options() {
    return options;
  }

  @Override
  public void say(String text) {
    progress.say(text);
  }

  @Override
  public Outcome<L2Figure> outcome() {
    return outcome;
  }

  /// Every cable is plugged in, and every speaker runs, if there is a world already.
  @Override
  public void beginAnew() {
    world.ifPresent(L2World::mend);
  }

  /// The world, made when it is needed first.
  L2World world() {
    if (world.isEmpty()) {
      say("a LAN with nodes, etcd, kube-apiserver, kube-proxies, controller, speakers");
      world = Optional.of(L2World.create(site.below("world")));
    }
    return world.get();
  }

  /// Two nodes answered side by side for this long.
  void sawTogether(double millis) {
    together.add(millis);
  }

  /// So many addresses went back to a node that returned; none is worth telling, too.
  void sawMovedBack(int addresses) {
    movedBack = OptionalInt.of(movedBack.orElse(0) + addresses);
  }

  /// Of one kind of loss there were so many rounds.
  void sawRounds(String kind, int count) {
    rounds.put(kind, count);
  }

  /// Puts what more than one part looked at into the outcome.
  void conclude() {
    rounds.values().stream()
        .mapToInt(Integer::intValue)
        .min()
        .ifPresent(fewest -> outcome.put(L2Figure.ROUNDS, fewest));
    together.stream()
        .mapToDouble(Double::doubleValue)
        .max()
        .ifPresent(most -> outcome.put(L2Figure.TWO_OWNERS, most));
    movedBack.ifPresent(all -> outcome.put(L2Figure.MOVED_BACK, all));
  }

  /// Ends the world, if there is one, so that what follows has the machine for itself.
  @Override
  public void close() {
    world.ifPresent(L2World::close);
    world = Optional.empty();
  }
}
