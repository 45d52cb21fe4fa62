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
/// @param upkeep what is done in the background
/// @param election empty when this is the only process
/// @param settings handed to the provider as they are
public record Config(
    String provider,
    ClusterId cluster,
    ServiceScope scope,
    PlanPolicy policy,
    int workers,
    Upkeep upkeep,
    Optional<Election> election,
    Map<String, String> settings) {

  /// @param audit how often everything is looked at again; zero for never
  /// @param drain how long a leaving node keeps the connections it has
  /// @param deleteOrphans whether load balancers that no Service claims are deleted
  /// @param orphanGrace how long an orphan stays before
  public record Upkeep(
      Duration audit, Duration drain, boolean deleteOrphans, Duration orphanGrace) {}

  /// @param lease how long the others wait for a leader that is silent
  /// @param renewDeadline how long a leader goes on when it cannot renew
  /// @param retry how often it is tried
  public record Election(
      String namespace, String name, Duration lease, Duration renewDeadline, Duration retry) {}

  public Config {
    settings = Map.copyOf(settings);
  }
}
