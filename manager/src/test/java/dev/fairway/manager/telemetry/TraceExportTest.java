// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairway.manager.config.Config.Tracing;
import dev.fairway.manager.config.InvalidConfig;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceExportTest {
  private static final Tracing NOT_CONFIGURED = new Tracing(Optional.empty(), 0.5);

  @Test
  void withoutAnEndpointThereIsNoExport() {
    assertThat(TraceExport.of(NOT_CONFIGURED, Map.of())).isEmpty();
    assertThat(TraceExport.of(NOT_CONFIGURED, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " ")))
        .isEmpty();
  }

  @Test
  void theEndpointOfTheFileComesFirst() {
    var tracing = new Tracing(Optional.of(URI.create("http://file:4318/v1/traces")), 1);

    assertThat(endpoint(tracing, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://env:4318")))
        .isEqualTo("http://file:4318/v1/traces");
  }

  @Test
  void theGeneralVariableIsCompletedByThePath() {
    assertThat(endpoint(NOT_CONFIGURED, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://a:4318/")))
        .isEqualTo("http://a:4318/v1/traces");
  }

  @Test
  void theVariableForTracesIsTakenAsItIsAndBeforeTheGeneralOne() {
    assertThat(
            endpoint(
                NOT_CONFIGURED,
                Map.of(
                    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://t:4318/here",
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "http://a:4318")))
        .isEqualTo("http://t:4318/here");
  }

  @Test
  void headersAreReadFromTheEnvironment() {
    var export =
        TraceExport.of(
                NOT_CONFIGURED,
                Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "http://a:4318",
                    "OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20x=, x-tenant = blue"))
            .orElseThrow();

    assertThat(export.headers())
        .isEqualTo(Map.of("authorization", "Bearer x=", "x-tenant", "blue"));
    assertThat(export.sampleRatio()).isEqualTo(0.5);
  }

  @Test
  void aWrongVariableIsNamed() {
    assertThatThrownBy(() ->
            TraceExport.of(
                NOT_CONFIGURED, Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "collector:4317")))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageStartingWith(
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'collector:4317' is not valid; write a URL");
  }

  private static String endpoint(Tracing tracing, Map<String, String> environment) {
    return TraceExport.of(tracing, environment).orElseThrow().endpoint().toString();
  }
}
