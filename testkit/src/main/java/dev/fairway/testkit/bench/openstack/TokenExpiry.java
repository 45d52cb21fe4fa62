// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.bench.BenchServices;
import dev.fairway.testkit.bench.openstack.OpenStackSubject.Pace;
import dev.fairway.testkit.openstack.fault.Fault;
import dev.fairway.testkit.openstack.fault.FaultRule;
import dev.fairway.testkit.openstack.fault.When;
import dev.fairway.testkit.process.Until;
import java.time.Duration;
import java.util.Set;

/// All tokens end at once while many Services are in work.
final class TokenExpiry implements OpenStackPhase {
  private static final Duration EACH_CALL = Duration.ofMillis(300);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int UNAUTHORIZED = 401;

  @Override
  public String title() {
    return "all tokens end";
  }

  @Override
  public Set<OpenStackFigure> figures() {
    return Set.of(OpenStackFigure.TOKEN_REFRESHES);
  }

  @Override
  public void run(OpenStackTrial<OpenStackFigure> trial) {
    var count = trial.options().sizes().inWork();
    var names = BenchServices.names("token", count);
    var _ = trial.startAndSettle(Pace.PLAIN.with(count));
    // So that many calls are under way at any time.
    trial.proxy().faults().add(FaultRule.on(When.any(), new Fault.Delay(EACH_CALL)));
    var start = trial.proxy().calls().mark();
    trial.services().createAll(names);
    Until.isTrue(
        "the first Services to be in work",
        LIMIT,
        () -> {
          Until.pause(PAUSE);
          return trial.proxy().calls().since(start).writes().count() >= Math.max(1, count / 10);
        });
    var end = trial.proxy().calls().mark();
    trial.site().expireTokens(trial.proxy());
    trial.services().awaitAddresses(names, trial.patience(count));
    trial.settle();
    var after = trial.proxy().calls().since(end);
    if (after.tokens().count() == 0) {
      throw new IllegalStateException("nobody called after the tokens had ended");
    }
    trial.outcome().put(OpenStackFigure.TOKEN_REFRESHES, after.tokens().count());
    trial.outcome().detail("tokenServicesInWork", count);
    trial
        .outcome()
        .detail("tokenCallsAtTheSameTime", trial.proxy().calls().since(start).mostInFlight());
    trial
        .outcome()
        .detail("tokenCallsRefused", after.matching(call -> call.status() == UNAUTHORIZED).count());
  }
}
