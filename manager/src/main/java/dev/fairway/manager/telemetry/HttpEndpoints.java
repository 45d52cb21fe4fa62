// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `/healthz`, `/readyz` and `/metrics` over plain HTTP.
public final class HttpEndpoints implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// Starts to listen.
  ///
  /// @param port 0 to 65535; 0 takes a free one
  /// @throws UncheckedIOException when the port is taken
  public HttpEndpoints(
      int port, BooleanSupplier healthy, BooleanSupplier ready, Supplier<String> metrics) {
    try {
      server = HttpServer.create(new InetSocketAddress(port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + port + ": " + e.getMessage(), e);
    }
    server.setExecutor(threads);
    server.createContext("/healthz", exchange -> answer(exchange, healthy));
    server.createContext("/readyz", exchange -> answer(exchange, ready));
    server.createContext(
        "/metrics",
        exchange -> send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.get()));
    server.start();
  }

  /// Serves more, below a path.
  ///
  /// @param prefix from the first slash on
  /// @param page is given method, path and query (empty when there is none)
  public void serve(String prefix, Page page) {
    server.createContext(
        prefix,
        exchange -> {
          var uri = exchange.getRequestURI();
          var query = Objects.requireNonNullElse(uri.getQuery(), "");
          var response = page.get(exchange.getRequestMethod(), uri.getPath(), query);
          response.headers().forEach(exchange.getResponseHeaders()::set);
          send(exchange, response.code(), response.type(), response.text());
        });
  }

  /// Answers requests.
  @FunctionalInterface
  public interface Page {
    HttpAnswer get(String method, String path, String query);
  }

  /// Where it listens.
  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, BooleanSupplier well) throws IOException {
    var ok = well.getAsBoolean();
    send(exchange, ok ? 200 : 503, "text/plain; charset=utf-8", ok ? "ok\n" : "not ok\n");
  }

  private static void send(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    var body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(code, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
