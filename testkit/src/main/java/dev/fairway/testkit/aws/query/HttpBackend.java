// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An endpoint that speaks HTTP.
///
/// @param endpoint as in `http://127.0.0.1:5000`
public record HttpBackend(URI endpoint) implements Backend, AutoCloseable {
  private static final int LIMIT_MILLIS = 60_000;

  @Override
  public Answer send(QueryCall call) {
    try {
      return exchange(call);
    } catch (IOException e) {
      throw new UncheckedIOException("no answer of " + endpoint + " to " + call.action(), e);
    }
  }

  /// By the old client: it hands nothing over to other threads, which on a busy machine costs more
  /// than the call.
  private Answer exchange(QueryCall call) throws IOException {
    var envelope = call.envelope();
    var connection =
        (HttpURLConnection)
            endpoint.resolve(envelope.path()).toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(LIMIT_MILLIS);
    connection.setReadTimeout(LIMIT_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestMethod(envelope.method());
    envelope.headers().forEach(connection::setRequestProperty);
    var body = call.encoded().getBytes(StandardCharsets.UTF_8);
    if (envelope.method().equals("POST")) {
      connection.setDoOutput(true);
      // Otherwise it sends a call a second time when a connection ends without an answer.
      connection.setFixedLengthStreamingMode(body.length);
      try (var out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    var status = connection.getResponseCode();
    var stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    try (var in = stream) {
      return new Answer(
          status,
          Optional.ofNullable(connection.getContentType()).orElse("text/xml"),
          in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /// No call after this; idle connections end by themselves.
  @Override
  public void close() {}
}
