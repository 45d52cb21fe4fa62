// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeMap;

/// A service that speaks HTTP.
///
/// @param endpoint what paths are below of, without a slash at its end
/// @param client shared by all calls, see [#connections]
public record HttpBackend(String endpoint, HttpClient client) implements Backend {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /// One that keeps connections, and follows nothing.
  public static HttpClient connections() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(LIMIT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY)
        .build();
  }

  @Override
  public Answer send(Request request) {
    try {
      return answer(client.send(prepared(request), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException("no answer of " + endpoint + " to " + request, e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted"));
    }
  }

  private HttpRequest prepared(Request request) {
    var query = request.query().text();
    var url = URI.create(endpoint + request.path() + (query.isEmpty() ? "" : "?" + query));
    var body =
        request.body().isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(request.body(), StandardCharsets.UTF_8);
    var prepared = HttpRequest.newBuilder(url).timeout(LIMIT).method(request.method(), body);
    request.headers().forEach(prepared::setHeader);
    return prepared.build();
  }

  private static Answer answer(HttpResponse<String> response) {
    var headers = new TreeMap<String, String>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    headers.keySet().removeAll(Exchanges.OF_A_CONNECTION);
    return new Answer(response.statusCode(), headers, response.body());
  }
}
