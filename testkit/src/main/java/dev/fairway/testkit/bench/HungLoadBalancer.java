// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench;

import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.process.Until;
import dev.fairway.testkit.sim.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// New Services are made, once as it is and once while every call for one load balancer hangs.
final class HungLoadBalancer implements Phase {
  private static final String HUNG = "hung";
  private static final Duration NOTICED = Duration.ofSeconds(30);

  private final int others;

  HungLoadBalancer(int others) {
    this.others = others;
  }

  @Override
  public String title() {
    return "a load balancer hangs, %d others are created".formatted(others);
  }

  @Override
  public void run(Trial trial) {
    var undisturbed = Trial.names("alone", others);
    trial.services().createAll(undisturbed);
    trial.services().awaitAddresses(undisturbed, Trial.patience(others));
    trial.awaitRest(Trial.patience(others));
    var usual = trial.services().p99Seconds(undisturbed).orElseThrow();
    trial.say("p99 is %.2f s when none hangs", usual);

    var release = new CountDownLatch(1);
    try {
      hang(trial, release);
      var disturbed = Trial.names("beside", others);
      trial.services().createAll(disturbed);
      compare(trial, disturbed, usual);
    } finally {
      trial.lab().cloud().inject(Fault.Script.none());
      release.countDown();
    }
    trial.findings().size("othersBesideHung", others);
    trial.findings().size("othersP99Seconds", Math.round(usual * 1000) / 1000.0);
    trial.awaitRest(Trial.patience(others));
  }

  private static void hang(Trial trial, CountDownLatch release) {
    var key = Optional.of(LoadBalancerKey.ofService(BenchServices.NAMESPACE, HUNG));
    var before = trial.lab().cloud().callCount();
    trial
        .lab()
        .cloud()
        .inject(call -> call.key().equals(key) ? new Fault.Hang(release) : new Fault.None());
    trial.services().create(HUNG, 80);
    Until.isTrue(
        "a call that hangs",
        NOTICED,
        () ->
            trial.lab().cloud().callsAfter(before).stream()
                .anyMatch(call -> call.key().equals(key)));
  }

  private static void compare(Trial trial, List<String> names, double usual) {
    var limit = Duration.ofMillis((long) Math.max(3_000 * usual, 30_000));
    try {
      trial.services().awaitAddresses(names, limit);
    } catch (IllegalStateException _) {
      // What is missing is counted.
    }
    var p99 = trial.services().p99Seconds(names);
    if (p99.isEmpty()) {
      trial
          .findings()
          .note(
              "hungOthersP99Ratio is a lower bound: while one hung, %d of %d others had an address after %.0f s"
                  .formatted(
                      names.stream().filter(trial.services()::hasAddress).count(),
                      names.size(),
                      limit.toMillis() / 1000.0));
    }
    var seconds = p99.orElse(limit.toMillis() / 1000.0);
    trial.say("p99 is %.2f s while one hangs", seconds);
    trial.findings().put(Figure.HUNG_OTHERS_P99_RATIO, seconds / usual);
  }
}
