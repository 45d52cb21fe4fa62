// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.aws;

import dev.fairway.testkit.aws.fault.Fault;
import dev.fairway.testkit.aws.fault.FaultRule;
import dev.fairway.testkit.aws.fault.When;
import dev.fairway.testkit.bench.BenchServices;
import dev.fairway.testkit.bench.aws.AwsSubject.Launch;
import dev.fairway.testkit.process.Until;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Services are created while AWS throttles half of the calls.
final class ThrottleStorm implements AwsPhase {
  private static final Duration STORM = Duration.ofSeconds(60);
  private static final Duration AFTERMATH = Duration.ofMinutes(12);
  private static final double SHARE = 0.5;
  private static final long SEED = 20_260_501;

  @Override
  public String title() {
    return "a storm of throttles";
  }

  @Override
  public Set<AwsFigure> figures() {
    return Set.of(AwsFigure.THROTTLE_STORM_SECONDS);
  }

  @Override
  public void run(AwsTrial trial) {
    var names = BenchServices.names("storm", trial.options().sizes().inStorm());
    var faults = trial.lab().proxy().faults();
    trial.startAndSettle(Launch.PLAIN.forMany());
    var mark = trial.mark();
    var end = System.nanoTime() + STORM.toNanos();
    var throttling = faults.add(FaultRule.on(When.any(), Fault::throttled).share(SHARE, SEED));
    trial.services().createAll(names);
    Until.pause(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    faults.remove(throttling);
    end = System.nanoTime();
    var inStorm = trial.lab().proxy().calls().since(mark);
    trial.outcome().detail("stormServices", names.size());
    trial.outcome().detail("stormShare", SHARE);
    trial.outcome().detail("stormCalls", inStorm.count());
    trial.outcome().detail("stormServicesDoneWithinIt", done(trial, names));
    awaitAll(trial, names);
    trial
        .outcome()
        .put(
            AwsFigure.THROTTLE_STORM_SECONDS,
            Math.max(0, (trial.services().lastAddressed(names) - end) / 1e9));
  }

  private static void awaitAll(AwsTrial trial, List<String> names) {
    try {
      trial.services().awaitAddresses(names, AFTERMATH);
    } catch (IllegalStateException _) {
      throw new IllegalStateException(
          "%d s after the storm only %d of %d Services had a hostname"
              .formatted(AFTERMATH.toSeconds(), done(trial, names), names.size()));
    }
  }

  private static long done(AwsTrial trial, List<String> names) {
    return names.stream().filter(trial.services()::hasAddress).count();
  }
}
