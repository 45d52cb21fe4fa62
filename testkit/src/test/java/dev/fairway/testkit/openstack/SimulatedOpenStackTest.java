// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// By a clock that goes on with every look, so that pending states are seen without waiting.
final class SimulatedOpenStackTest extends OpenStackContract {
  private final SimulatedOpenStack openStack =
      SimulatedOpenStack.start(0, new TickingClock(Duration.ofMillis(100)));

  @BeforeEach
  void takeTime() {
    openStack.delay(Duration.ofMillis(1_500));
  }

  @AfterEach
  void stop() {
    openStack.close();
  }

  @Override
  OpenStackSeed seed() {
    return openStack.seed();
  }
}
