// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairway.cloud.model.Desired;
import dev.fairway.testkit.openstack.fault.CrashPoint;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The process dies right after any of its calls; the next one ends where the first would have.
class CrashTest extends OnSimulator {
  private static final int MOST_CALLS = 40;

  @TestFactory
  Stream<DynamicTest> theNextProcessFinishesWhatAnotherBegan() {
    return Scenario.all("web").stream()
        .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> crashes(scenario)));
  }

  private void crashes(Scenario scenario) {
    startController();
    scenario.before().ifPresent(controller::reach);
    controller.reach(scenario.after());
    var expected = sight.picture();
    emptyCloud();
    for (var n = 1; n <= MOST_CALLS; n++) {
      startController();
      scenario.before().ifPresent(controller::reach);
      var crash = world.proxy.faults().add(new CrashPoint(n, controller::kill));

      runUntilDead(crash, scenario.after());
      world.proxy.faults().clear();
      if (!crash.reached()) {
        emptyCloud();
        assertThat(n).as("crash points").isGreaterThan(1);
        return;
      }
      controller.restart();
      controller.audit();
      controller.reach(scenario.after());

      assertThat(sight.picture()).as("after call %d", n).isEqualTo(expected);
      controller.restart();
      var again = during(() -> controller.reach(scenario.after()));
      assertThat(again.writes().count()).as("again after call %d", n).isZero();
      emptyCloud();
    }
    throw new AssertionError("more calls than %d".formatted(MOST_CALLS));
  }

  private void runUntilDead(CrashPoint crash, Desired desired) {
    try {
      controller.reach(desired, crash::reached);
    } catch (RuntimeException e) {
      // Nothing a process that is gone may have said counts.
      if (!crash.reached()) {
        throw e;
      }
    }
  }
}
