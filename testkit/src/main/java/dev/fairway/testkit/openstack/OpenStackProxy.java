// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fairway.testkit.openstack.fault.Attempt;
import dev.fairway.testkit.openstack.fault.Fault;
import dev.fairway.testkit.openstack.fault.FaultScript;
import dev.fairway.testkit.openstack.http.Answer;
import dev.fairway.testkit.openstack.http.Exchanges;
import dev.fairway.testkit.openstack.http.HttpBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands on loopback between clients and an OpenStack, real or simulated: stands for every service
/// in the catalogue, counts every call, and breaks what the script says. Keeps no token and no
/// password.
public final class OpenStackProxy implements AutoCloseable {
  private static final String LOG = "/-/calls"; // no service is named so
  private static final String VERSION = "/v3";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final InstantSource clock;
  private final CallLog log = new CallLog();
  private final FaultScript faults = new FaultScript();
  private final AtomicInteger underWay = new AtomicInteger();
  private final HttpClient client = HttpBackend.connections();
  private final Endpoints endpoints;
  private final String version;

  private OpenStackProxy(URI authUrl, int port, InstantSource clock) {
    this.clock = clock;
    this.server = Exchanges.server(port, threads, this::handle);
    var url = authUrl.toString().replaceAll("/+$", "");
    this.version = url.endsWith(VERSION) ? VERSION : "";
    this.endpoints =
        new Endpoints(uri().toString(), url.substring(0, url.length() - version.length()));
  }

  /// In front of the OpenStack whose identity service is at `authUrl`, at a port of its own choice.
  public static OpenStackProxy start(URI authUrl) {
    return start(authUrl, 0, InstantSource.system());
  }

  /// @param authUrl with or without `/v3`
  /// @param port 0 for any
  /// @param clock for the times of the calls
  public static OpenStackProxy start(URI authUrl, int port, InstantSource clock) {
    var proxy = new OpenStackProxy(authUrl, port, clock);
    proxy.server.start();
    return proxy;
  }

  /// Where it listens.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// What clients take for the identity service; all else they find through it.
  public URI authUrl() {
    return URI.create(uri() + "/" + Attempt.IDENTITY + version);
  }

  /// What has been answered so far.
  public Calls calls() {
    return log.calls();
  }

  /// What goes wrong; empty at first.
  public FaultScript faults() {
    return faults;
  }

  /// Counts anew from here.
  public void clear() {
    log.clear();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = Exchanges.request(exchange);
      if (request.path().equals(LOG)) {
        Exchanges.send(exchange, Answer.text(200, calls().lines()));
        return;
      }
      var target = endpoints.target(request);
      if (target.isEmpty()) {
        Exchanges.send(exchange, Answer.text(404, "No token has told of this service yet."));
        return;
      }
      pass(exchange, target.get());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(HttpExchange exchange, Endpoints.Target target)
      throws IOException, InterruptedException {
    var arrival =
        new Arrival(
            Attempt.of(target.service(), target.request()),
            clock.instant(),
            underWay.incrementAndGet());
    try {
      var outcome = faults.at(arrival.attempt(), arrival.at());
      if (outcome.delay().isPositive()) {
        Thread.sleep(outcome.delay());
      }
      carryOut(exchange, target, arrival, outcome.fault());
    } finally {
      underWay.decrementAndGet();
    }
  }

  /// An exchange that ends without an answer ends its connection.
  private void carryOut(
      HttpExchange exchange, Endpoints.Target target, Arrival arrival, Optional<Fault> fault)
      throws IOException, InterruptedException {
    var label = fault.map(Fault::label);
    try {
      switch (fault.orElse(new Fault.Delay(Duration.ZERO))) {
        case Fault.Delay _ -> Exchanges.send(exchange, recorded(arrival, label, send(target)));
        case Fault.Refuse(var answer) -> Exchanges.send(exchange, recorded(arrival, label, answer));
        case Fault.ResetBefore _ -> record(arrival, Optional.empty(), label);
        case Fault.ResetAfter(var then) -> {
          send(target);
          record(arrival, Optional.empty(), label);
          then.run();
        }
        case Fault.SlowBody(var pause) ->
            Delivery.slowly(exchange, recorded(arrival, label, send(target)), pause);
        case Fault.Truncate _ ->
            Delivery.truncated(exchange, recorded(arrival, label, send(target)));
        case Fault.Cut _ -> Delivery.cut(exchange, recorded(arrival, label, send(target)));
      }
    } catch (UncheckedIOException e) {
      record(arrival, Optional.empty(), Optional.of("no answer of the service"));
      throw e.getCause();
    }
  }

  private Answer send(Endpoints.Target target) {
    var answer = new HttpBackend(target.endpoint(), client).send(target.request());
    return endpoints.hidden(Attempt.of(target.service(), target.request()), answer);
  }

  /// Recorded before the client can see it: who has an answer finds its call in the log.
  private Answer recorded(Arrival arrival, Optional<String> fault, Answer answer) {
    record(arrival, Optional.of(answer), fault);
    return answer;
  }

  private void record(Arrival arrival, Optional<Answer> answer, Optional<String> fault) {
    log.add(
        new Call(
            arrival.attempt(),
            arrival.at(),
            clock.instant(),
            arrival.inFlight(),
            answer.map(Answer::status).orElse(0),
            answer.flatMap(Answer::error),
            fault));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }

  private record Arrival(Attempt attempt, Instant at, int inFlight) {}
}
