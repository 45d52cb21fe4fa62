// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import dev.fairway.manager.config.Config;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where traces go to, from the configuration or, if it says nothing, from the environment
/// variables that OpenTelemetry defines.
///
/// @param endpoint takes OTLP over HTTP with protobuf bodies
/// @param sampleRatio how many of the traces are recorded, from 0 to 1
/// @param headers sent along; may hold credentials
public record TraceExport(URI endpoint, double sampleRatio, Map<String, String> headers) {
  private static final String FOR_TRACES = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
  private static final String FOR_ALL = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final String HEADERS = "OTEL_EXPORTER_OTLP_HEADERS";
  private static final String PATH = "v1/traces";

  public TraceExport {
    headers = Map.copyOf(headers);
  }

  /// Empty when traces go nowhere.
  ///
  /// @throws dev.fairway.manager.config.InvalidConfig when an endpoint is not a URL
  public static Optional<TraceExport> of(Config.Tracing tracing, Map<String, String> environment) {
    return tracing
        .endpoint()
        .or(() -> variable(environment, FOR_TRACES))
        .or(() -> variable(environment, FOR_ALL).map(TraceExport::withPath))
        .map(endpoint ->
            new TraceExport(
                endpoint, tracing.sampleRatio(), headers(environment.getOrDefault(HEADERS, ""))));
  }

  private static Optional<URI> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(value -> Config.Tracing.endpoint(name, value));
  }

  private static URI withPath(URI base) {
    var text = base.toString();
    return URI.create(text.endsWith("/") ? text + PATH : text + "/" + PATH);
  }

  // As W3C baggage: key=value pairs with commas between them, percent-encoded.
  private static Map<String, String> headers(String text) {
    var headers = new LinkedHashMap<String, String>();
    Arrays.stream(text.split(","))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair ->
            headers.put(
                pair[0].strip(), URLDecoder.decode(pair[1].strip(), StandardCharsets.UTF_8)));
    return headers;
  }
}
