// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.sim.CloudCalls;
import dev.fairway.testkit.sim.Fault;
import dev.fairway.testkit.sim.SimulatedObserved;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Serves a simulated cloud on loopback:
///
/// - `GET /load-balancers`: all that is there
/// - `GET /load-balancer?key=KEY`: what is there under one key
/// - `POST /actions/NAME?key=KEY`: carries out an action
///
/// The answer is what is there now. 409 is a conflict, 429 (with `Retry-After`) throttles, 400 is a
/// mistake of the caller, 503 anything else. Where the cloud's script wants a crash, there is no
/// answer: the caller is ended instead.
public final class CloudServer implements AutoCloseable {
  static final String LIST = "/load-balancers";
  static final String OBSERVE = "/load-balancer";
  static final String ACTIONS = "/actions/";
  static final int OK = 200;
  static final int CONFLICT = 409;
  static final int THROTTLED = 429;
  private static final int WRONG = 400;
  static final int UNAVAILABLE = 503;
  private static final int BACKLOG = 1_000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CloudCalls cloud;
  private final Runnable crash;

  private CloudServer(HttpServer server, CloudCalls cloud, Runnable crash) {
    this.server = server;
    this.cloud = cloud;
    this.crash = crash;
  }

  /// Serves at a port of its own choice.
  ///
  /// @param crash ends the calling process at once, and returns when it is gone
  public static CloudServer start(CloudCalls cloud, Runnable crash) {
    // Otherwise an answer waits 40 ms for the acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var served = new CloudServer(HttpServer.create(address, BACKLOG), cloud, crash);
      served.server.setExecutor(served.threads);
      var _ = served.server.createContext("/", served::handle);
      served.server.start();
      return served;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve the simulated cloud", e);
    }
  }

  /// Where it is served.
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      serve(exchange);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try {
      var body = new StringBuilder();
      answer(exchange).forEach(seen -> ObservedLines.write(seen, body));
      send(exchange, OK, body.toString());
    } catch (CloudException.Throttled e) {
      exchange.getResponseHeaders().set("Retry-After", "" + e.retryAfter().toSeconds());
      send(exchange, THROTTLED, text(e));
    } catch (CloudException.Conflict e) {
      send(exchange, CONFLICT, text(e));
    } catch (CloudException e) {
      send(exchange, UNAVAILABLE, text(e));
    } catch (IllegalArgumentException e) {
      send(exchange, WRONG, text(e));
    } catch (Fault.SimulatedCrash _) {
      // Before the connection ends: the caller must not live to see that.
      crash.run();
    }
  }

  private List<SimulatedObserved> answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    if (path.equals(LIST)) {
      return cloud.list();
    }
    if (path.equals(OBSERVE)) {
      return List.of(cloud.observe(key(exchange)));
    }
    if (path.startsWith(ACTIONS)) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var name = path.substring(ACTIONS.length());
      return List.of(cloud.apply(ActionLines.read(name, key(exchange), body)));
    }
    throw new IllegalArgumentException("nothing is served at " + path);
  }

  private static LoadBalancerKey key(HttpExchange exchange) {
    var query = String.valueOf(exchange.getRequestURI().getRawQuery());
    if (!query.startsWith("key=")) {
      throw new IllegalArgumentException("?key= is missing");
    }
    return LoadBalancerKey.parse(
        URLDecoder.decode(query.substring("key=".length()), StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    // -1 says that there is no body; 0 would announce one of unknown length.
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static String text(RuntimeException error) {
    return String.valueOf(error.getMessage());
  }
}
