// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.l2;

import dev.fairway.testkit.bench.Part;
import dev.fairway.testkit.bench.Percentile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// The node that answers is lost, again and again.
///
/// @param title for the progress
/// @param detail its name in the result
/// @param shares which share of the rounds each figure is of
/// @param routed the figures that a client behind a router decides, by their share
record Failovers(
    String title,
    String detail,
    Loss loss,
    Profile profile,
    Map<L2Figure, Double> shares,
    Map<L2Figure, Double> routed)
    implements Part<L2Stage, L2Figure> {
  private static final double HALF = 0.5;
  private static final double ALL_BUT_ONE = 0.99;

  Failovers {
    shares = Map.copyOf(shares);
    routed = Map.copyOf(routed);
  }

  static Failovers cut() {
    return new Failovers(
        "the owner's cable is cut",
        "cut",
        Loss.CUT,
        Profile.DEFAULT,
        Map.of(L2Figure.CUT_P50, HALF, L2Figure.CUT_P99, ALL_BUT_ONE),
        Map.of(L2Figure.ROUTER_P99, ALL_BUT_ONE));
  }

  static Failovers kill() {
    return new Failovers(
        "the owner's speaker is killed",
        "kill",
        Loss.KILL,
        Profile.DEFAULT,
        Map.of(L2Figure.KILL_P99, ALL_BUT_ONE),
        Map.of());
  }

  static Failovers fast() {
    return new Failovers(
        "the owner's cable is cut, with failover: fast",
        "fast",
        Loss.CUT,
        Profile.FAST,
        Map.of(L2Figure.FAST_P99, ALL_BUT_ONE),
        Map.of());
  }

  @Override
  public Set<L2Figure> figures() {
    var all = new ArrayList<>(shares.keySet());
    all.addAll(routed.keySet());
    return Set.copyOf(all);
  }

  @Override
  public void run(L2Stage stage) {
    stage.world().run(profile);
    stage.sawRounds(detail, 0);
    var seen = new ArrayList<Round>();
    var rounds = new Rounds(stage.world(), loss, detail.hashCode());
    for (var number = 1; number <= stage.options().rounds(); number++) {
      var round = rounds.play(number);
      seen.add(round);
      stage.sawTogether(round.togetherMillis());
      stage.sawRounds(detail, number);
      stage.sawMovedBack(round.movedBack() ? 1 : 0);
      stage.outcome().detail(detail, details(seen));
      stage.say(
          "round %d: neighbour %.0f ms, router %.0f ms, return %.0f ms, together %.0f ms%s%s%s"
              .formatted(
                  number,
                  round.neighbourMillis(),
                  round.routedMillis(),
                  round.returnMillis(),
                  round.togetherMillis(),
                  round.movedBack() ? ", moved back" : "",
                  round.statusRight() ? "" : ", status names another",
                  round.routerRight() ? "" : ", router sends to another"));
    }
    shares.forEach((figure, share) ->
        stage.outcome().put(figure, percentile(seen, Round::neighbourMillis, share)));
    routed.forEach((figure, share) ->
        stage.outcome().put(figure, percentile(seen, Round::routedMillis, share)));
  }

  private static double percentile(List<Round> seen, ToDoubleFunction<Round> of, double share) {
    return Percentile.of(seen.stream().mapToDouble(of).toArray(), share);
  }

  private static Map<String, Object> details(List<Round> seen) {
    return Map.of(
        "neighbourMillis", rounded(seen, Round::neighbourMillis),
        "routerMillis", rounded(seen, Round::routedMillis),
        "returnMillis", rounded(seen, Round::returnMillis),
        "togetherMillis", rounded(seen, Round::togetherMillis),
        "statusWrong", seen.stream().filter(round -> !round.statusRight()).count(),
        "routerWrong", seen.stream().filter(round -> !round.routerRight()).count());
  }

  private static List<Long> rounded(List<Round> seen, ToDoubleFunction<Round> of) {
    return seen.stream().map(round -> Math.round(of.applyAsDouble(round))).toList();
  }
}
