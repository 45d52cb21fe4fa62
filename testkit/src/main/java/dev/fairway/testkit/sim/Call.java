// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim;

import dev.fairway.cloud.model.LoadBalancerKey;
import java.util.Optional;

/// One call that reached the simulated cloud.
///
/// @param number 1 for the first call of this cloud
/// @param operation `list`, `observe` or the simple name of an action
/// @param key empty for `list`
public record Call(int number, String operation, Optional<LoadBalancerKey> key) {
  public boolean mutating() {
    return !operation.equals("list") && !operation.equals("observe");
  }
}
