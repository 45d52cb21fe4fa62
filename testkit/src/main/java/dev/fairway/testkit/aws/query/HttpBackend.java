// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// An endpoint that speaks HTTP.
public final class HttpBackend implements Backend, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI endpoint;
  // An upgrade to HTTP/2 would only confuse a small server.
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .proxy(HttpClient.Builder.NO_PROXY)
          .connectTimeout(PATIENCE)
          .build();

  public HttpBackend(URI endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public Answer send(QueryCall call) {
    var envelope = call.envelope();
    var request =
        HttpRequest.newBuilder(endpoint.resolve(envelope.path()))
            .timeout(PATIENCE)
            .method(envelope.method(), HttpRequest.BodyPublishers.ofString(call.encoded()));
    envelope.headers().forEach(request::setHeader);
    try {
      var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(
          answer.statusCode(),
          answer.headers().firstValue("content-type").orElse("text/xml"),
          answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException("no answer of " + endpoint + " to " + call.action(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException("interrupted at " + call.action(), e));
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
