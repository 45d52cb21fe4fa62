// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import dev.fairway.cloud.model.LoadBalancerKey;
import java.time.Instant;
import java.util.Optional;

/// One call that reached the simulated cloud.
///
/// @param number 1 for the first call of this cloud
/// @param operation `list`, `observe` or the simple name of an action
/// @param key empty for `list`
/// @param at when it arrived, by the clock of the cloud
public record Call(int number, String operation, Optional<LoadBalancerKey> key, Instant at) {
  public boolean mutating() {
    return !operation.equals("list") && !operation.equals("observe");
  }
}
