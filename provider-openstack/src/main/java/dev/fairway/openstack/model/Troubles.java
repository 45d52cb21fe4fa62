// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What was tried for a load balancer that does not get well, as this process remembers it.
///
/// @param pendingSince since when Octavia has been at work on it, or on what is on it
/// @param failoverAt when a failover was asked for last
/// @param failoverDenied whether the cloud does not permit that
/// @param remadeAt when load balancers were made for this half of the group, in the last hour
/// @param notNeeded whether we delete it and make none in its place
public record Troubles(
    Optional<Instant> pendingSince,
    Optional<Instant> failoverAt,
    boolean failoverDenied,
    List<Instant> remadeAt,
    boolean notNeeded) {
  public static final Troubles NONE =
      new Troubles(Optional.empty(), Optional.empty(), false, List.of(), false);

  public Troubles {
    remadeAt = List.copyOf(remadeAt);
  }

  /// Whether this lies at least so long ago, or never was.
  public static boolean past(Optional<Instant> then, Duration age, Instant now) {
    return then.map(at -> !at.plus(age).isAfter(now)).orElse(true);
  }
}
