// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where the API server is and how a client knows that it is the right one.
///
/// @param url for example `https://127.0.0.1:20123`
/// @param certificates PEM of the server's certificate with its issuer
record Endpoint(String url, String certificates) {
  /// The content of a kubeconfig for `user`.
  String kubeconfig(User user) {
    return """
    apiVersion: v1
    kind: Config
    current-context: fairway
    clusters:
    - name: fairway
      cluster: {server: "%s", certificate-authority-data: %s}
    users:
    - name: user
      user: {token: "%s"}
    contexts:
    - name: fairway
      context: {cluster: fairway, user: user}
    """
        .formatted(url, certificateData(), user.token());
  }

  /// Never what the environment or a `~/.kube/config` says: tests must not reach another cluster.
  Config clientConfig(User user) {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(url)
        .withCaCertData(certificateData())
        .withOauthToken(user.token())
        .withNamespace("default")
        // The client waits up to half a minute by default; whoever expects an outage retries
        // himself.
        .withRequestRetryBackoffLimit(2)
        .build();
  }

  private String certificateData() {
    return Base64.getEncoder().encodeToString(certificates.getBytes(StandardCharsets.UTF_8));
  }
}
