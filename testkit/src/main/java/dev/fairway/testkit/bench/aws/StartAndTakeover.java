// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.aws.Calls;
import dev.fairway.testkit.bench.BenchServices;
import dev.fairway.testkit.bench.aws.AwsSubject.Launch;
import dev.fairway.testkit.process.Until;
import java.time.Duration;
import java.util.Set;

/// A process starts with many Services, all as they should be; a standby joins it and takes over
/// when it dies.
final class StartAndTakeover implements AwsPhase {
  // Who takes a stall for the end counts too few: with 500 Services that has been seen.
  private static final Duration REST = Duration.ofSeconds(30);
  // The Lease of a dead leader lasts 15 s by default in both.
  private static final Duration ELECTION = Duration.ofSeconds(90);

  @Override
  public String title() {
    return "start and change of the leader with many Services";
  }

  @Override
  public Set<AwsFigure> figures() {
    return Set.of(AwsFigure.COLD_START, AwsFigure.LEADER_CHANGE);
  }

  @Override
  public void run(AwsTrial trial) {
    var names = BenchServices.names("old", trial.options().sizes().many());
    trial.startAndSettle(Launch.PLAIN.forMany().inHurry());
    trial.createInTurns(names);
    trial.settle();
    trial.kill();
    trial.outcome().detail("startServices", names.size());
    trial.say("%d Services are there, start".formatted(names.size()));
    var nobody = trial.leader().orElse("");
    var start = trial.mark();
    var leader = trial.start(Launch.PLAIN.forMany().electing("a"));
    awaitLeaderOtherThan(trial, nobody);
    trial.settle(REST);
    put(trial, AwsFigure.COLD_START, trial.callsSince(start));
    trial.say("standby");
    trial.startAndSettle(Launch.PLAIN.forMany().electing("b"));
    var dying = trial.leader().orElseThrow();
    var change = trial.mark();
    leader.process().kill9();
    awaitLeaderOtherThan(trial, dying);
    trial.settle(REST);
    put(trial, AwsFigure.LEADER_CHANGE, trial.callsSince(change));
  }

  private static void awaitLeaderOtherThan(AwsTrial trial, String other) {
    Until.isTrue(
        "a leader", ELECTION, () -> trial.leader().filter(name -> !name.equals(other)).isPresent());
  }

  private static void put(AwsTrial trial, AwsFigure figure, Calls calls) {
    trial.outcome().put(figure, calls.count());
    trial.outcome().detail(figure.key() + "Calls", calls.byAction());
  }
}
