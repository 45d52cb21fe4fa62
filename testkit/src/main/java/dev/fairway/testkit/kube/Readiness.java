// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.kube;

import dev.fairway.testkit.process.ChildProcess;
import dev.fairway.testkit.process.Until;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Waits until an API server says that it is ready.
final class Readiness {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration ONE_TRY = Duration.ofSeconds(2);

  private Readiness() {}

  /// @throws IllegalStateException after 60 seconds, or at once with the end of the log when the
  ///   process has died
  static void await(ChildProcess apiServer, Endpoint endpoint) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint.url() + "/readyz"))
            .header("Authorization", "Bearer " + User.ADMIN.token())
            .timeout(ONE_TRY)
            .build();
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(trusting(endpoint.certificates())).build()) {
      Until.isTrue(
          "the API server to be ready; see " + apiServer.log(),
          LIMIT,
          () -> {
            apiServer.requireAlive();
            return isOk(client, request);
          });
    }
  }

  private static boolean isOk(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the API server", e);
    }
  }

  private static SSLContext trusting(String certificates) {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(certificates.getBytes(StandardCharsets.UTF_8)))) {
        trusted.setCertificateEntry("c" + trusted.size(), certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the API server's certificate cannot be read", e);
    }
  }
}
