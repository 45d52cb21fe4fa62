// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fairway.testkit.aws.fault.Fault;
import dev.fairway.testkit.aws.fault.FaultScript;
import dev.fairway.testkit.aws.query.Answer;
import dev.fairway.testkit.aws.query.Envelope;
import dev.fairway.testkit.aws.query.HttpBackend;
import dev.fairway.testkit.aws.query.QueryCall;
import dev.fairway.testkit.aws.rules.AwsLimits;
import dev.fairway.testkit.aws.rules.AwsTimes;
import dev.fairway.testkit.aws.rules.Conduct;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Stands on loopback between clients and an AWS emulator: counts every call, adds what the
/// emulator lacks of AWS's behaviour, and breaks what the script says.
public final class AwsProxy implements AutoCloseable {
  private static final int BACKLOG = 1_000;
  private static final String LOG = "/-/calls"; // no path of AWS

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Conduct conduct;
  private final Semantics semantics;
  private final InstantSource clock;
  private final CallLog log = new CallLog();
  private final FaultScript faults = new FaultScript();

  private AwsProxy(HttpServer server, HttpBackend backend, InstantSource clock) {
    this.server = server;
    this.clock = clock;
    this.conduct = new Conduct(clock);
    this.semantics = new Semantics(backend, conduct);
  }

  /// In front of `backend`, at a port of its own choice.
  public static AwsProxy start(URI backend) {
    return start(backend, 0, InstantSource.system());
  }

  /// @param port 0 for any
  /// @param clock for the states of targets and load balancers, and for token buckets
  public static AwsProxy start(URI backend, int port, InstantSource clock) {
    // Otherwise an answer waits 40 ms for the acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      var server = HttpServer.create(address, BACKLOG);
      var proxy = new AwsProxy(server, new HttpBackend(backend), clock);
      server.setExecutor(proxy.threads);
      var _ = server.createContext("/", proxy::handle);
      var _ = server.createContext(LOG, proxy::showLog);
      server.start();
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve at 127.0.0.1:" + port, e);
    }
  }

  /// What clients take for AWS.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// What has been answered so far.
  public Calls calls() {
    return log.calls();
  }

  /// What goes wrong; empty at first.
  public FaultScript faults() {
    return faults;
  }

  /// The present quotas, to change some of them.
  public AwsLimits limits() {
    return conduct.limits();
  }

  /// Quotas from now on; [AwsLimits#RAISED] at first.
  public void limits(AwsLimits limits) {
    conduct.limits(limits);
  }

  /// Times from now on; [AwsTimes#NONE] at first.
  public void times(AwsTimes times) {
    conduct.times(times);
  }

  /// Hides whatever is created from now on from the first `describes` describes that would show it.
  ///
  /// @param describes 0 for none
  public void staleReads(int describes) {
    conduct.staleReads(describes);
  }

  /// Back to the start, for a backend that has been emptied: nothing counted, nothing remembered,
  /// no faults.
  public void reset() {
    faults.clear();
    semantics.reset();
    log.clear();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var call = QueryCall.of(envelope(exchange));
      var arrived = clock.instant();
      var outcome = faults.at(call, arrived);
      if (outcome.delay().isPositive()) {
        Thread.sleep(outcome.delay());
      }
      carryOut(exchange, call, arrived, outcome.fault());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// One line for each call.
  private void showLog(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, new Answer(HttpURLConnection.HTTP_OK, "text/plain", calls().lines()));
    }
  }

  /// An exchange that ends without an answer ends its connection.
  private void carryOut(
      HttpExchange exchange, QueryCall call, Instant arrived, Optional<Fault> fault)
      throws IOException {
    var label = fault.map(Fault::label);
    try {
      if (fault.isEmpty()) {
        answer(exchange, call, arrived, label, semantics.send(call));
        return;
      }
      switch (fault.get()) {
        case Fault.Refuse(var status, var code, var message) ->
            answer(exchange, call, arrived, label, Answer.error(call, status, code, message));
        case Fault.ResetBefore _ -> record(call, arrived, Optional.empty(), label);
        case Fault.ResetAfter(var then) -> {
          semantics.send(call);
          record(call, arrived, Optional.empty(), label);
          then.run();
        }
        case Fault.Delay _ -> throw new IllegalStateException("delays are summed up");
      }
    } catch (UncheckedIOException e) {
      record(call, arrived, Optional.empty(), Optional.of("no answer of the backend"));
      throw e.getCause();
    }
  }

  /// Recorded before the client can see it: who has an answer finds its call in the log.
  private void answer(
      HttpExchange exchange, QueryCall call, Instant arrived, Optional<String> fault, Answer answer)
      throws IOException {
    record(call, arrived, Optional.of(answer), fault);
    send(exchange, answer);
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void record(
      QueryCall call, Instant arrived, Optional<Answer> answer, Optional<String> fault) {
    log.add(
        new Call(
            call.withoutEnvelope(), // thousands of them are kept
            arrived,
            answer.map(Answer::status).orElse(0),
            answer.flatMap(Answer::code),
            fault));
  }

  private static Envelope envelope(HttpExchange exchange) throws IOException {
    var headers = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    // These belong to one connection, or are made anew for the next.
    headers
        .keySet()
        .removeIf(name ->
            !name.startsWith("x-amz-")
                && !name.equals("authorization")
                && !name.equals("content-type")
                && !name.equals("accept"));
    return new Envelope(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
