// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e;

import static dev.fairway.manager.e2e.TestCluster.SOON;
import static dev.fairway.manager.e2e.TestCluster.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.fairway.manager.MetricNames;
import dev.fairway.testkit.process.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the controller as a process tells of itself: metrics, log lines, traces.
class TelemetryIT {
  private static final String NAMESPACE = "default";
  private static final List<String> TRACES = new CopyOnWriteArrayList<>();
  private static HttpServer collector;
  private static TestCluster cluster;
  private static ChildProcess controller;
  private static int port;

  @BeforeAll
  static void start() throws IOException {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          TRACES.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    cluster = TestCluster.start();
    port = freePort();
    controller =
        cluster.controller(
            """
            logFormat: json
            logLevel: debug
            tracing: {endpoint: 'http://127.0.0.1:%d/v1/traces'}
            """
                .formatted(collector.getAddress().getPort()),
            port);
    await().atMost(SOON).ignoreExceptions().until(() -> scrape().contains("fairway_leader 1.0"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
    collector.stop(0);
  }

  @AfterEach
  void clear() {
    cluster.reset(NAMESPACE);
  }

  @Test
  void aServiceIsSeenInEveryMetricOfItsWay() throws Exception {
    cluster.pool("a", "10.79.0.0/29");
    cluster.awaitAddress(cluster.create(service(NAMESPACE, "measured")));

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(scrape())
                .contains("fairway_services{state=\"served\"} 1.0")
                .containsPattern("fairway_phase_seconds_count\\{phase=\"address\"} [1-9]")
                .containsPattern("fairway_phase_seconds_count\\{phase=\"serving\"} [1-9]")
                .containsPattern(
                    "fairway_cloud_calls_seconds_count\\{operation=\"apply\",result=\"ok\"} [1-9]")
                .containsPattern("fairway_action_seconds_count\\{action=\"CreateVip\".*} [1-9]")
                .containsPattern(
                    "fairway_api_requests_total\\{code=\"200\",method=\"PATCH\","
                        + "resource=\"services/status\"} [1-9]")
                .containsPattern("workqueue_adds_total\\{name=\"service\"} [1-9]")
                .contains("fairway_leader 1.0"));
    assertThat(scrape()).as("names of Services are no labels").doesNotContain("measured");
  }

  @Test
  void aServiceWithoutAPoolIsPendingByItsReason() {
    cluster.create(service(NAMESPACE, "waits"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(scrape()).contains("fairway_services_pending{reason=\"NoPool\"} 1.0"));

    cluster.pool("a", "10.79.0.0/29");

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(scrape()).doesNotContain("reason=\"NoPool\""));
  }

  @Test
  void nothingIsScrapedThatThePageDoesNotName() throws Exception {
    var known = MetricNames.ofTheCode();
    var ours = MetricNames.families(scrape());
    ours.removeIf(name -> name.matches("(jvm|process|system|disk|java)_.*"));

    assertThat(ours).isNotEmpty();
    assertThat(known).containsAll(ours);
  }

  @Test
  void everyLogLineIsJsonAndThoseOfAPassCarryItsKey() throws Exception {
    cluster.pool("a", "10.79.0.0/29");
    var address = cluster.awaitAddress(cluster.create(service(NAMESPACE, "logged")));

    var json = new ObjectMapper();
    var lines = Files.readAllLines(controller.log());
    assertThat(lines).isNotEmpty().allSatisfy(line -> json.readTree(line));
    assertThat(lines)
        .anySatisfy(line -> {
          var object = json.readTree(line);
          assertThat(object.get("message").asText()).contains(address);
          assertThat(object.path("key").asText()).isEqualTo("default/logged");
          assertThat(object.path("pass").asText()).isNotEmpty();
          assertThat(object.path("trace").asText()).isNotEmpty();
        });
  }

  @Test
  void aPassArrivesAtTheCollector() {
    cluster.pool("a", "10.79.0.0/29");
    cluster.awaitAddress(cluster.create(service(NAMESPACE, "traced")));

    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(String.join("", TRACES))
                .contains(
                    Set.of(
                        "reconcile", "plan", "apply", "publish", "default/traced", "of pool a")));
  }

  private static String scrape() throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(port)))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
