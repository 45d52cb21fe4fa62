// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.cli;

import dev.fairway.manager.config.InvalidConfig;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How people reach the API server: as with kubectl.
final class KubeAccess {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "How to reach the API server (default: as kubectl does).")
  private Optional<Path> kubeconfig = Optional.empty();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Which context of the kubeconfig (default: its current one).")
  private Optional<String> context = Optional.empty();

  /// @throws InvalidConfig when the kubeconfig cannot be used
  KubernetesClient client(Duration timeout) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(config())
                .withRequestTimeout((int) timeout.toMillis())
                .withConnectionTimeout(5_000)
                .withRequestRetryBackoffLimit(0)
                .build())
        .build();
  }

  private Config config() {
    kubeconfig.ifPresent(ClientOptions::checkKubeconfig);
    var wanted = context.orElse(null);
    var config =
        kubeconfig
            .map(file -> Config.fromKubeconfig(wanted, file.toFile()))
            .orElseGet(() -> Config.autoConfigure(wanted));
    var found = Optional.ofNullable(config.getCurrentContext()).map(named -> named.getName());
    if (context.isPresent() && !found.equals(context)) {
      throw new InvalidConfig(
          "--context: the kubeconfig has no context '%s'".formatted(context.get()));
    }
    return config;
  }
}
