// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.bench.openstack;

import dev.fairway.testkit.openstack.fault.Attempt;
import dev.fairway.testkit.openstack.fault.Fault;
import dev.fairway.testkit.openstack.fault.FaultRule;
import java.time.Instant;
import java.util.Optional;

/// All tokens have ended: everything is refused until a new one was asked for.
final class ExpiredTokens implements FaultRule {
  private boolean renewed;

  @Override
  public synchronized Optional<Fault> at(Attempt attempt, Instant now) {
    renewed |= attempt.token();
    return renewed || attempt.service().equals(Attempt.IDENTITY)
        ? Optional.empty()
        : Optional.of(Fault.unauthorized());
  }
}
