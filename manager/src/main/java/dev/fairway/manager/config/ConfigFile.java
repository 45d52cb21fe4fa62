// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.config;

import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.plan.PlanPolicy;
import dev.fairway.manager.desired.ServiceScope;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.event.Level;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/// Reads the configuration file: YAML, every key optional.
public final class ConfigFile {
  private static final Set<String> KEYS =
      Set.of(
          "provider",
          "cluster",
          "loadBalancerClasses",
          "serveClassless",
          "policy",
          "workers",
          "auditSeconds",
          "drainSeconds",
          "orphans",
          "leaderElection",
          "logFormat",
          "logLevel",
          "tracing",
          "settings");
  private static final Set<String> ELECTION_KEYS =
      Set.of("enabled", "namespace", "name", "leaseSeconds", "renewSeconds", "retrySeconds");

  private static final Set<String> TRACING_KEYS = Set.of("endpoint", "sampleRatio");
  private static final Set<String> ORPHAN_KEYS = Set.of("delete", "graceSeconds");
  private static final int DAY_SECONDS = 86_400;

  private ConfigFile() {}

  /// @throws InvalidConfig when the file cannot be read, is not YAML, or holds a wrong key or value
  public static Config read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new InvalidConfig(
          "%s: cannot be read (%s)".formatted(file, e.getClass().getSimpleName()));
    } catch (InvalidConfig e) {
      throw new InvalidConfig("%s: %s".formatted(file, e.getMessage()));
    }
  }

  /// @throws InvalidConfig as [#read]
  public static Config parse(String yaml) {
    var keys = Keys.root(load(yaml)).allow(KEYS);
    var provider = keys.text("provider", "metal");
    return new Config(
        provider,
        cluster(keys),
        new ServiceScope(
            Set.copyOf(keys.texts("loadBalancerClasses", List.of("fairway.dev/" + provider))),
            keys.flag("serveClassless", true)),
        policy(keys),
        keys.number("workers", 32, 1, 1000),
        upkeep(keys),
        election(keys.section("leaderElection").allow(ELECTION_KEYS)),
        new Config.Logging(
            keys.oneOf("logFormat", Config.LogFormat.values()).orElse(Config.LogFormat.TEXT),
            keys.oneOf("logLevel", Level.values())),
        tracing(keys.section("tracing").allow(TRACING_KEYS)),
        keys.section("settings").asTexts());
  }

  private static Object load(String yaml) {
    try {
      var document = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
      return document == null ? Map.of() : document;
    } catch (MarkedYAMLException e) {
      throw new InvalidConfig(
          "line %d: %s".formatted(e.getProblemMark().getLine() + 1, e.getProblem()));
    } catch (YAMLException e) {
      throw new InvalidConfig(
          String.valueOf(e.getMessage()).lines().findFirst().orElse("not YAML"));
    }
  }

  private static Config.Upkeep upkeep(Keys keys) {
    var orphans = keys.section("orphans").allow(ORPHAN_KEYS);
    return new Config.Upkeep(
        Duration.ofSeconds(keys.number("auditSeconds", 300, 0, DAY_SECONDS)),
        Duration.ofSeconds(keys.number("drainSeconds", 300, 0, DAY_SECONDS)),
        orphans.flag("delete", false),
        Duration.ofSeconds(orphans.number("graceSeconds", DAY_SECONDS, 0, 365 * DAY_SECONDS)));
  }

  private static Config.Tracing tracing(Keys keys) {
    var endpoint =
        keys.values().containsKey("endpoint")
            ? Optional.of(Config.Tracing.endpoint("tracing.endpoint", keys.text("endpoint", "")))
            : Optional.<URI>empty();
    return new Config.Tracing(endpoint, keys.fraction("sampleRatio", 1));
  }

  private static ClusterId cluster(Keys keys) {
    var text = keys.text("cluster", "kubernetes");
    try {
      return new ClusterId(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidConfig("cluster: " + e.getMessage());
    }
  }

  private static PlanPolicy policy(Keys keys) {
    var text = keys.text("policy", PlanPolicy.SYNC.toString());
    return Arrays.stream(PlanPolicy.values())
        .filter(policy -> policy.toString().equals(text))
        .findFirst()
        .orElseThrow(() ->
            keys.wrong(
                "policy",
                text,
                "one of "
                    + String.join(
                        ", ",
                        Arrays.stream(PlanPolicy.values()).map(PlanPolicy::toString).toList())));
  }

  private static Optional<Config.Election> election(Keys keys) {
    if (!keys.flag("enabled", true)) {
      return Optional.empty();
    }
    var lease = keys.number("leaseSeconds", 15, 3, 3600);
    var renew = keys.number("renewSeconds", lease * 2 / 3, 1, 3600);
    var retry = keys.number("retrySeconds", Math.max(1, lease / 7), 1, 3600);
    if (renew >= lease) {
      throw keys.wrong("renewSeconds", renew, "less than leaseSeconds, which is " + lease);
    }
    if (retry >= renew) {
      throw keys.wrong("retrySeconds", retry, "less than renewSeconds, which is " + renew);
    }
    return Optional.of(
        new Config.Election(
            keys.text("namespace", "fairway-system"),
            keys.text("name", "fairway-controller"),
            Duration.ofSeconds(lease),
            Duration.ofSeconds(renew),
            Duration.ofSeconds(retry)));
  }
}
