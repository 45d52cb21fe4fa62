// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import dev.fairway.manager.Providers;
import dev.fairway.manager.config.ConfigFile;
import dev.fairway.manager.config.InvalidConfig;
import dev.fairway.manager.telemetry.ApiCalls;
import dev.fairway.manager.telemetry.Metrics;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How to reach the API server: flags that several commands share.
final class ClientOptions {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "How to reach the API server; in a pod, its service account is the default.")
  private Optional<Path> kubeconfig = Optional.empty();

  @Option(names = "--config", paramLabel = "FILE", description = "The configuration file (YAML).")
  private Optional<Path> config = Optional.empty();

  dev.fairway.manager.config.Config config() {
    return config.map(ConfigFile::read).orElseGet(() -> ConfigFile.parse(""));
  }

  /// @throws InvalidConfig when it is not one
  static int port(int port) {
    if (port < 0 || port > 65_535) {
      throw new InvalidConfig(
          "--http-port: '%d' is not valid; write a port from 0 to 65535".formatted(port));
    }
    return port;
  }

  /// The provider's settings, with the kubeconfig of the command line among them.
  Map<String, String> settings(dev.fairway.manager.config.Config config) {
    var provider = Providers.named(config.provider());
    Providers.check(provider, config.settings().keySet());
    kubeconfig.ifPresent(ClientOptions::checkKubeconfig);
    var settings = new HashMap<>(config.settings());
    kubeconfig.ifPresent(file -> settings.put("kubeconfig", file.toString()));
    Providers.checkValues(provider, settings);
    return settings;
  }

  /// @param metrics where requests are counted
  KubernetesClient client(Duration requestTimeout, Metrics metrics) {
    var base =
        new ConfigBuilder(clientConfig())
            // A request that was given up must not keep its dead connection for the next one, as
            // HTTP/2 would.
            .withHttp2Disable(true)
            .withRequestTimeout((int) requestTimeout.toMillis())
            .withConnectionTimeout((int) Math.min(requestTimeout.toMillis(), 5_000))
            // Retries are the queue's business: it knows what is urgent.
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubernetesClientBuilder()
        .withConfig(base)
        .withHttpClientBuilderConsumer(
            http -> http.addOrReplaceInterceptor("count", new ApiCalls(metrics)))
        .build();
  }

  private Config clientConfig() {
    if (kubeconfig.isEmpty()) {
      return Config.autoConfigure(null);
    }
    var file = kubeconfig.get();
    checkKubeconfig(file);
    return Config.fromKubeconfig(file.toFile());
  }

  /// @throws InvalidConfig when it cannot be read, or is none
  static void checkKubeconfig(Path file) {
    if (!Files.isReadable(file)) {
      throw new InvalidConfig("--kubeconfig: %s cannot be read".formatted(file));
    }
    try {
      if (Config.fromKubeconfig(file.toFile()).getCurrentContext() == null) {
        throw new InvalidConfig(
            "--kubeconfig: %s is not a kubeconfig with a current-context".formatted(file));
      }
    } catch (RuntimeException e) {
      throw e instanceof InvalidConfig known
          ? known
          : new InvalidConfig("--kubeconfig: %s is not a kubeconfig".formatted(file));
    }
  }
}
