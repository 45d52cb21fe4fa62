// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.openstack.fault.Attempt;
import java.time.Instant;
import java.util.Optional;

/// One attempt that reached the proxy.
///
/// @param at when it arrived
/// @param answered when its answer was ready to be sent
/// @param inFlight how many attempts were under way when it arrived, with itself
/// @param status of the answer; 0 when the connection ended without one
/// @param error what OpenStack said went wrong
/// @param fault what the script did to it, as in `refuse-429` or `reset-after`
public record Call(
    Attempt attempt,
    Instant at,
    Instant answered,
    int inFlight,
    int status,
    Optional<String> error,
    Optional<String> fault) {
  /// The service's type in the catalogue, as in `load-balancer`.
  public String service() {
    return attempt.service();
  }

  public String method() {
    return attempt.method();
  }

  /// Below the service's endpoint.
  public String path() {
    return attempt.path();
  }

  /// What came after the question mark, as it was sent.
  public String query() {
    return attempt.query().text();
  }

  /// What was sent; a missing node for none, and for all that is about identity.
  public JsonNode body() {
    return attempt.body();
  }

  /// As in `PUT /v2/lbaas/pools/{id}/members`.
  public String operation() {
    return attempt.operation();
  }
}
