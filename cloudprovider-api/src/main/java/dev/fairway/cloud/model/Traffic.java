// SPDX-License-Identifier: Apache-2.0
package dev.fairway.cloud.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How the traffic of a frontend is let in and spread.
///
/// @param sourceRanges CIDRs of the clients that may connect; empty means all
/// @param clientIpAffinity how long a client stays with one endpoint (`sessionAffinity: ClientIP`);
///   empty for none
public record Traffic(
    ExternalTrafficPolicy externalPolicy,
    List<String> sourceRanges,
    Optional<Duration> clientIpAffinity) {
  public Traffic {
    sourceRanges = List.copyOf(sourceRanges);
  }
}
