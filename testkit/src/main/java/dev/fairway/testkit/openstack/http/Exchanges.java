// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/// Requests and answers as the JDK's server sees them.
public final class Exchanges {
  /// Headers, in lower case, that are about one connection and not about what it carries.
  static final Set<String> OF_A_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "date",
          "expect",
          ":status",
          "host",
          "keep-alive",
          "server",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  private static final int BACKLOG = 1_000;

  private Exchanges() {}

  /// A server on loopback that has not been started.
  ///
  /// @param port 0 for any
  public static HttpServer server(int port, Executor threads, HttpHandler handler) {
    // Otherwise an answer waits 40 ms for the acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      var server = HttpServer.create(address, BACKLOG);
      server.setExecutor(threads);
      var _ = server.createContext("/", handler);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve at 127.0.0.1:" + port, e);
    }
  }

  /// Reads all of it.
  public static Request request(HttpExchange exchange) throws IOException {
    var headers = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    headers.keySet().removeAll(OF_A_CONNECTION);
    var uri = exchange.getRequestURI();
    return new Request(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        Query.of(uri.getRawQuery()),
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  /// Sends status and headers, and announces `length` bytes of body.
  public static void begin(HttpExchange exchange, Answer answer, int length) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), length == 0 ? -1 : length);
  }

  public static void send(HttpExchange exchange, Answer answer) throws IOException {
    var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    begin(exchange, answer, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
