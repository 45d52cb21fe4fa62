// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;

/// A service that speaks HTTP.
///
/// @param endpoint what paths are below of, without a slash at its end
public record HttpBackend(String endpoint) implements Backend {
  private static final int LIMIT_MILLIS = 300_000;

  @Override
  public Answer send(Request request) {
    try {
      return exchange(request);
    } catch (IOException e) {
      throw new UncheckedIOException("no answer of " + endpoint + " to " + request, e);
    }
  }

  /// By the old client: it hands nothing over to other threads, which on a busy machine costs more
  /// than the call.
  private Answer exchange(Request request) throws IOException {
    var query = request.query().text();
    var url = URI.create(endpoint + request.path() + (query.isEmpty() ? "" : "?" + query)).toURL();
    var connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(LIMIT_MILLIS);
    connection.setReadTimeout(LIMIT_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setRequestMethod(request.method());
    request.headers().forEach(connection::setRequestProperty);
    var body = request.body().getBytes(StandardCharsets.UTF_8);
    if (body.length > 0) {
      connection.setDoOutput(true);
      // Otherwise it sends a call a second time when a connection ends without an answer.
      connection.setFixedLengthStreamingMode(body.length);
      try (var out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    return answer(connection);
  }

  private static Answer answer(HttpURLConnection connection) throws IOException {
    var status = connection.getResponseCode();
    var headers = new TreeMap<String, String>();
    connection
        .getHeaderFields()
        .forEach((name, values) -> {
          if (name != null) {
            headers.put(name.toLowerCase(Locale.ROOT), values.getFirst());
          }
        });
    headers.keySet().removeAll(Exchanges.OF_A_CONNECTION);
    var stream = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    try (var in = stream) {
      var body = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(status, headers, body);
    }
  }
}
