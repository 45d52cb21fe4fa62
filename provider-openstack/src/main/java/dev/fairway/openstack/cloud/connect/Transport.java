// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.openstack4j.core.transport.HttpRequest;

/// The connections to one cloud: kept alive, with its own authorities and our own certificate.
/// Follows no redirect: a token must not go where nobody sent it. Thread-safe.
final class Transport implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  // A page of 1,000 load balancers has 2 MB.
  private static final long LARGEST_ANSWER = 64L << 20;

  private final HttpClient client;

  /// @param tls empty for the public authorities
  Transport(Optional<SSLContext> tls) {
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor());
    tls.ifPresent(builder::sslContext);
    this.client = builder.build();
  }

  /// Sends a request and reads the whole answer.
  ///
  /// @param timeout for all of it, from the first byte out to the last byte in
  /// @throws CallFailed when the answer is no success, or none comes in time
  Answer send(HttpRequest<?> request, Duration timeout) {
    var answer = exchange(prepared(request), timeout);
    Verdicts.check(answer);
    return answer;
  }

  private static java.net.http.HttpRequest prepared(HttpRequest<?> request) {
    var body =
        request.hasJson() ? BodyPublishers.ofString(request.getJson()) : BodyPublishers.noBody();
    var prepared =
        java.net.http.HttpRequest.newBuilder(URI.create(request.getUrl()))
            .method(request.getMethod().name(), body)
            .header("Accept", "application/json")
            .header("User-Agent", "fairway");
    if (request.hasJson()) {
      prepared.header("Content-Type", "application/json");
    }
    request.getHeaders().forEach((name, value) -> prepared.setHeader(name, value.toString()));
    return prepared.build();
  }

  private Answer exchange(java.net.http.HttpRequest request, Duration timeout) {
    var pending =
        client.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
    try {
      // The client's own time-out ends with the answer's headers: a body that trickles would keep
      // the thread for ever.
      var answer = pending.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(answer.statusCode(), answer.headers(), text(answer.body()));
    } catch (TimeoutException _) {
      pending.cancel(true);
      throw CallFailed.lost(
          "no whole answer within %d ms".formatted(timeout.toMillis()),
          new HttpTimeoutException("time-out"));
    } catch (ExecutionException e) {
      throw failed(request.uri(), e.getCause() instanceof IOException io ? io : new IOException(e));
    } catch (InterruptedException e) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw CallFailed.lost("the call was given up", new IOException(e));
    }
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  static CallFailed failed(URI uri, IOException cause) {
    var place = "%s:%d".formatted(uri.getHost(), uri.getPort());
    return switch (cause) {
      case HttpConnectTimeoutException _ ->
          CallFailed.notSent(
              "no connection to %s within %d s".formatted(place, CONNECT_TIMEOUT.toSeconds()),
              cause);
      case ConnectException _ ->
          CallFailed.notSent(
              "no connection to %s: %s"
                  .formatted(
                      place,
                      cause.getCause() instanceof UnresolvedAddressException
                          ? "its name is not known"
                          : "it is refused"),
              cause);
      case SSLHandshakeException _ ->
          CallFailed.notSent(
              "the TLS handshake with %s failed (%s); see ca-file"
                  .formatted(place, cause.getMessage()),
              cause);
      default ->
          CallFailed.lost(
              "the connection to %s broke (%s)".formatted(place, cause.getMessage()), cause);
    };
  }

  /// Ends without waiting for calls under way.
  @Override
  public void close() {
    client.shutdownNow();
  }
}
