// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.fairway.cloud.model.LoadBalancerKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/// Against a collector that only keeps what it is sent. Names and attributes stand in the protobuf
/// bodies as they are.
class OtlpTracesTest {
  private static final LoadBalancerKey KEY = LoadBalancerKey.ofService("default", "web");

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private final Metrics metrics = new Metrics();
  private HttpServer collector;
  private int answer = 200;

  @BeforeEach
  void startCollector() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          headers.add(String.valueOf(exchange.getRequestHeaders().getFirst("x-tenant")));
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(answer, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
    MDC.clear();
  }

  @Test
  void aPassArrivesAtTheCollectorWithItsSteps() {
    var traces = traces(1);
    pass(traces);
    traces.close();

    assertThat(received).hasSize(1);
    assertThat(received.getFirst())
        .contains("reconcile", "observe", "fairway-controller", "default/web", "replica-1")
        .contains("fairway.result");
    assertThat(headers).containsOnly("blue");
  }

  @Test
  void theTraceIsNamedInTheLog() {
    var traces = traces(1);
    pass(traces);

    assertThat(MDC.get("trace")).matches("[0-9a-f]{32}");
    traces.close();
  }

  @Test
  void withRatioZeroNothingIsSentAndNoTraceNamed() {
    var traces = traces(0);
    pass(traces);
    traces.close();

    assertThat(received).isEmpty();
    assertThat(MDC.get("trace")).isNull();
  }

  @Test
  void whatTheCollectorDoesNotTakeIsCounted() {
    answer = 400;
    var traces = traces(1);
    pass(traces);
    traces.close();

    await()
        .untilAsserted(
            () -> assertThat(metrics.scrape()).contains("fairway_trace_batches_dropped_total 1.0"));
  }

  private Traces traces(double ratio) {
    var endpoint =
        URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces");
    return new OtlpTraces(
        new TraceExport(endpoint, ratio, Map.of("x-tenant", "blue")), "replica-1", metrics);
  }

  private void pass(Traces traces) {
    var passes =
        new PassMeter(
            metrics, traces, new NodeSyncs(metrics, InstantSource.system()), System::nanoTime);
    var pass = passes.begun(KEY, "1");
    try (var span = traces.begin("observe")) {
      span.set("fairway.action", "none");
    }
    pass.ended("ok");
  }
}
