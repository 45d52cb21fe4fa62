// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.process.Until;
import dev.fairway.testkit.sim.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// New Services are made, in turns as it is and while every call for one load balancer hangs. Of
/// each kind of turn the median counts: what else the machine does disturbs single ones.
final class HungLoadBalancer implements Phase {
  private static final Duration NOTICED = Duration.ofSeconds(30);

  private final int others;
  private final int turns;

  /// @param others how many Services are made at a time
  /// @param turns how often, of each kind
  HungLoadBalancer(int others, int turns) {
    this.others = others;
    this.turns = turns;
  }

  @Override
  public String title() {
    return "a load balancer hangs, %d others are created".formatted(others);
  }

  @Override
  public void run(Trial trial) {
    var alone = new ArrayList<Double>();
    var beside = new ArrayList<Double>();
    for (var turn = 1; turn <= turns; turn++) {
      alone.add(undisturbed(trial, "alone-" + turn));
      beside.add(whileOneHangs(trial, "hung-" + turn, "beside-" + turn, alone.getLast()));
      trial.say(
          "p99 is %.2f s when none hangs, %.2f s while one does"
              .formatted(alone.getLast(), beside.getLast()));
    }
    trial.findings().put(Figure.HUNG_OTHERS_P99_RATIO, median(beside) / median(alone));
    trial.findings().size("othersBesideHung", others);
    trial.findings().size("hungTurns", turns);
    trial.findings().size("othersP99Millis", Math.round(median(alone) * 1000));
  }

  private double undisturbed(Trial trial, String prefix) {
    var names = BenchServices.names(prefix, others);
    trial.services().createAll(names);
    trial.services().awaitAddresses(names, Trial.patience(others));
    trial.awaitRest(Trial.patience(others));
    return trial.services().p99Seconds(names).orElseThrow();
  }

  private double whileOneHangs(Trial trial, String hung, String prefix, double usual) {
    var release = new CountDownLatch(1);
    var limit = Duration.ofMillis((long) Math.max(3_000 * usual, 30_000));
    var names = BenchServices.names(prefix, others);
    try {
      hang(trial, hung, release);
      trial.services().createAll(names);
      awaitSome(trial, names, limit);
      return trial.services().p99Seconds(names).orElse(limit.toMillis() / 1000.0);
    } finally {
      trial.lab().cloud().inject(Fault.Script.none());
      release.countDown();
      trial.services().awaitAddresses(names, Trial.patience(others));
      trial.awaitRest(Trial.patience(others));
    }
  }

  private static void hang(Trial trial, String name, CountDownLatch release) {
    var key = Optional.of(LoadBalancerKey.ofService(BenchServices.NAMESPACE, name));
    var before = trial.lab().cloud().callCount();
    trial
        .lab()
        .cloud()
        .inject(call -> call.key().equals(key) ? new Fault.Hang(release) : new Fault.None());
    trial.services().create(name, 80);
    Until.isTrue(
        "a call that hangs",
        NOTICED,
        () ->
            trial.lab().cloud().callsAfter(before).stream()
                .anyMatch(call -> call.key().equals(key)));
  }

  private static void awaitSome(Trial trial, List<String> names, Duration limit) {
    try {
      trial.services().awaitAddresses(names, limit);
    } catch (IllegalStateException _) {
      var served = names.stream().filter(trial.services()::hasAddress).count();
      trial
          .findings()
          .note(
              "hungOthersP99Ratio is a lower bound: while one hung, %d of %d others had an address after %d s"
                  .formatted(served, names.size(), limit.toSeconds()));
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
