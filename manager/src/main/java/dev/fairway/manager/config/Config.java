// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.config;

import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.plan.PlanPolicy;
import dev.fairway.manager.desired.ServiceScope;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.event.Level;

/// Everything that can be configured, validated.
///
/// @param provider which provider serves the load balancers
/// @param cluster whose load balancers they are
/// @param scope which Services are served
/// @param policy what may be done to the cloud
/// @param workers how many load balancers are worked on at the same time
/// @param upkeep what is done in the background
/// @param election empty when this is the only process
/// @param logging how the log is written
/// @param tracing where traces go to
/// @param settings handed to the provider as they are
public record Config(
    String provider,
    ClusterId cluster,
    ServiceScope scope,
    PlanPolicy policy,
    int workers,
    Upkeep upkeep,
    Optional<Election> election,
    Logging logging,
    Tracing tracing,
    Map<String, String> settings) {
  private static final Set<String> SCHEMES = Set.of("http", "https");

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

  /// @param level empty for what the environment says
  public record Logging(LogFormat format, Optional<Level> level) {}

  public enum LogFormat {
    /// Lines for people.
    TEXT,
    /// One JSON object a line.
    JSON
  }

  /// @param endpoint takes OTLP over HTTP; empty for what the environment says
  /// @param sampleRatio how many traces are recorded, from 0 to 1
  public record Tracing(Optional<URI> endpoint, double sampleRatio) {

    /// @param name of the key or variable that holds it
    /// @throws InvalidConfig when it is not the URL of a collector
    public static URI endpoint(String name, String url) {
      try {
        var endpoint = new URI(url);
        if (endpoint.getHost() != null && SCHEMES.contains(endpoint.getScheme())) {
          return endpoint;
        }
      } catch (URISyntaxException _) {
        // Told below, as everything that is no such URL.
      }
      throw new InvalidConfig(
          "%s: '%s' is not valid; write a URL such as http://collector:4318/v1/traces"
              .formatted(name, url));
    }
  }

  public Config {
    settings = Map.copyOf(settings);
  }
}
