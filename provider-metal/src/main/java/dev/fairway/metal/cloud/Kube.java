// SPDX-License-Identifier: Apache-2.0
package dev.fairway.metal.cloud;

import dev.fairway.cloud.error.CloudException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;

/// Connects to the API server, and translates its errors.
final class Kube {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNPROCESSABLE = 422;

  private Kube() {}

  /// @param settings `kubeconfig` names a file; without it, the service account of the pod or the
  ///   environment counts
  static KubernetesClient connect(Map<String, String> settings, Duration requestTimeout) {
    var file = settings.get("kubeconfig");
    var config = file == null ? Config.autoConfigure(null) : Config.fromKubeconfig(new File(file));
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(config)
                // A request that was given up must not keep its dead connection for the next one,
                // as HTTP/2 would.
                .withHttp2Disable(true)
                .withRequestTimeout((int) requestTimeout.toMillis())
                .withConnectionTimeout((int) requestTimeout.toMillis())
                .withRequestRetryBackoffLimit(0)
                .build())
        .build();
  }

  /// @param doing what was tried, to follow "could not"
  /// @param permission what it takes, as verb and resource
  static CloudException translate(
      String doing, String permission, KubernetesClientException error) {
    var message = "could not %s: %s".formatted(doing, error.getMessage());
    return switch (error.getCode()) {
      case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT ->
          new CloudException.Conflict(message, error);
      case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED ->
          new CloudException.Denied(message, permission, error);
      case TOO_MANY_REQUESTS -> new CloudException.Throttled(message, Duration.ofSeconds(1), error);
      case UNPROCESSABLE ->
          new CloudException.Rejected(
              "Vip", message, "apply the custom resource definitions of this version", error);
      default -> new CloudException.Unavailable(message, error);
    };
  }
}
