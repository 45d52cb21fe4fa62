// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.config;

import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.plan.PlanPolicy;
import dev.fairway.manager.desired.ServiceScope;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Everything that can be configured, validated.
///
/// @param provider which provider serves the load balancers
/// @param cluster whose load balancers they are
/// @param scope which Services are served
/// @param policy what may be done to the cloud
/// @param workers how many load balancers are worked on at the same time
/// @param election empty when this is the only process
/// @param settings handed to the provider as they are
public record Config(
    String provider,
    ClusterId cluster,
    ServiceScope scope,
    PlanPolicy policy,
    int workers,
    Optional<Election> election,
    Map<String, String> settings) {

  /// @param lease how long the others wait for a leader that is silent
  /// @param renewDeadline how long a leader goes on when it cannot renew
  /// @param retry how often it is tried
  public record Election(
      String namespace, String name, Duration lease, Duration renewDeadline, Duration retry) {}

  public Config {
    settings = Map.copyOf(settings);
  }
}
