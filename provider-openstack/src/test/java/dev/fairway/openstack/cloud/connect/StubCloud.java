// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/// Keystone on loopback, and whatever a test lets the services answer. Tokens are `secret-token-N`;
/// the services accept those that are `good`.
final class StubCloud implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  record Request(
      String method, String path, String query, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  record Reply(int status, String body, Map<String, String> headers) {
    static Reply json(int status, String body) {
      return new Reply(status, body, Map.of("Content-Type", "application/json"));
    }

    Reply with(String name, String value) {
      return new Reply(status, body, Map.of("Content-Type", "application/json", name, value));
    }
  }

  final List<JsonNode> logins = new CopyOnWriteArrayList<>();
  final List<Request> requests = new CopyOnWriteArrayList<>();
  final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
  final Set<String> good = ConcurrentHashMap.newKeySet();
  volatile Function<Request, Reply> services = _ -> Reply.json(200, "{}");
  volatile Function<JsonNode, Optional<Reply>> refusal = _ -> Optional.empty();
  volatile Duration lifetime = Duration.ofHours(1);
  volatile boolean tokensAreGood = true;

  private final HttpServer server;
  private final String scheme;

  StubCloud() {
    this(Optional.empty(), false);
  }

  /// @param tls empty for plain HTTP
  /// @param wantsClients whether clients must show a certificate
  StubCloud(Optional<SSLContext> tls, boolean wantsClients) {
    try {
      var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      if (tls.isPresent()) {
        var https = HttpsServer.create(loopback, 100);
        https.setHttpsConfigurator(
            new HttpsConfigurator(tls.get()) {
              @Override
              public void configure(HttpsParameters parameters) {
                var ours = getSSLContext().getDefaultSSLParameters();
                ours.setNeedClientAuth(wantsClients);
                parameters.setSSLParameters(ours);
              }
            });
        server = https;
      } else {
        server = HttpServer.create(loopback, 100);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    scheme = tls.isPresent() ? "https" : "http";
    server.createContext("/identity/v3/auth/tokens", exchange -> answer(exchange, this::login));
    server.createContext("/", exchange -> answer(exchange, this::serve));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url() {
    return "%s://127.0.0.1:%d".formatted(scheme, server.getAddress().getPort());
  }

  /// Of a user with a password in a project.
  String cloudConf() {
    return """
    [Global]
    auth-url = %s/identity
    username = ada
    password = hunter2
    domain-name = Default
    tenant-id = p1
    region = r1
    """
        .formatted(url());
  }

  void answerWith(int status, String body) {
    services = _ -> Reply.json(status, body);
  }

  List<String> lines() {
    return requests.stream()
        .map(r ->
            "%s %s%s".formatted(r.method(), r.path(), r.query().isEmpty() ? "" : "?" + r.query()))
        .toList();
  }

  private Reply login(Request request) {
    try {
      logins.add(JSON.readTree(request.body()));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
    var token = "secret-token-" + logins.size();
    var refused = refusal.apply(logins.getLast());
    if (refused.isPresent()) {
      return refused.get();
    }
    if (tokensAreGood) {
      good.add(token);
    }
    var issued = Instant.parse("2000-01-01T00:00:00Z");
    return Reply.json(
            201,
            """
            {"token": {"issued_at": "%s", "expires_at": "%s", "catalog": [
              {"type": "load-balancer", "endpoints": [
                {"interface": "public", "region_id": "r2", "url": "http://127.0.0.1:1/wrong"},
                {"interface": "internal", "region_id": "r1", "url": "http://127.0.0.1:1/wrong"},
                {"interface": "public", "region_id": "r1", "url": "%3$s/load-balancer"}]},
              {"type": "network", "endpoints": [
                {"interface": "public", "region_id": "r1", "url": "%3$s/network/v2.0/"}]}]}}
            """
                .formatted(issued, issued.plus(lifetime), url()))
        .with("X-Subject-Token", token);
  }

  private Reply serve(Request request) {
    requests.add(request);
    return good.contains(request.header("X-auth-token"))
        ? services.apply(request)
        : Reply.json(
            401,
            "{\"error\": {\"message\": \"The request you have made requires authentication.\"}}");
  }

  private void answer(HttpExchange exchange, Function<Request, Reply> by) throws IOException {
    connections.add(exchange.getRemoteAddress());
    var uri = exchange.getRequestURI();
    var reply =
        by.apply(
            new Request(
                exchange.getRequestMethod(),
                uri.getPath(),
                Optional.ofNullable(uri.getRawQuery()).orElse(""),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
