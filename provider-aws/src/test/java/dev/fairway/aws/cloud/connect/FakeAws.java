// SPDX-License-Identifier: Apache-2.0
package dev.fairway.aws.cloud.connect;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// Stands in for AWS on loopback: answers each action, or each path of instance metadata, with what
/// the test laid down, and records what was asked.
final class FakeAws implements AutoCloseable {
  /// @param connection by which requests on one connection are known
  record Request(
      String method,
      String path,
      int connection,
      Map<String, String> headers,
      Map<String, String> form) {
    String action() {
      return form.getOrDefault("Action", path);
    }
  }

  /// @param status -1 to close the connection without a word
  record Answer(int status, String body) {
    static Answer ok(String body) {
      return new Answer(200, body);
    }
  }

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Map<String, List<Answer>> answers = new ConcurrentHashMap<>();

  FakeAws() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// @param action an action, or a path
  /// @param inTurn the last one again and again
  FakeAws on(String action, Answer... inTurn) {
    answers.put(action, new CopyOnWriteArrayList<>(inTurn));
    return this;
  }

  List<Request> requests() {
    return requests;
  }

  List<String> actions() {
    return requests.stream().map(Request::action).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = read(exchange);
      requests.add(request);
      var inTurn = answers.getOrDefault(request.action(), List.of(new Answer(404, "")));
      var answer = inTurn.size() > 1 ? inTurn.removeFirst() : inTurn.getFirst();
      if (answer.status() < 0) {
        return;
      }
      var body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml");
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Request read(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var form =
        Arrays.stream(body.split("&"))
            .filter(pair -> pair.contains("="))
            .collect(
                Collectors.toMap(
                    pair -> pair.substring(0, pair.indexOf('=')),
                    pair ->
                        URLDecoder.decode(
                            pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8)));
    var headers =
        exchange.getRequestHeaders().entrySet().stream()
            .collect(
                Collectors.toMap(
                    header -> header.getKey().toLowerCase(Locale.ROOT),
                    header -> String.join(",", header.getValue())));
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        exchange.getRemoteAddress().getPort(),
        headers,
        form);
  }
}
