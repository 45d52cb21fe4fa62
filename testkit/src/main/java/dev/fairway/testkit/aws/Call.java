// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import dev.fairway.testkit.aws.query.QueryCall;
import java.time.Instant;
import java.util.Optional;

/// One attempt that reached the proxy.
///
/// @param at when it arrived
/// @param status of the answer; 0 when the connection ended without one
/// @param error AWS's error code
/// @param fault what the script did to it, as in `Throttling` or `reset-after`
public record Call(
    QueryCall query, Instant at, int status, Optional<String> error, Optional<String> fault) {
  public String action() {
    return query.action();
  }

  public String service() {
    return query.service();
  }

  public boolean mutating() {
    return query.mutating();
  }
}
