// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends traces to an OpenTelemetry collector, and the only place that knows its library. They are
/// sent in the background; those that cannot be sent are dropped and counted.
public final class OtlpTraces implements Traces {
  private static final Logger LOG = LoggerFactory.getLogger(OtlpTraces.class);
  // It would write to the standard error output, in a format of its own; we tell of failures here.
  // Held, because the JDK holds loggers weakly and would forget the level.
  private static final java.util.logging.Logger LIBRARY =
      java.util.logging.Logger.getLogger("io.opentelemetry");
  private static final Metrics.Count DROPPED =
      new Metrics.Count("fairway_trace_batches_dropped", "Batches of spans that were not taken.");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration FLUSH = Duration.ofSeconds(3);

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /// Starts a thread that sends.
  ///
  /// @param instance which of the replicas this is
  public OtlpTraces(TraceExport export, String instance, Metrics metrics) {
    LIBRARY.setLevel(Level.OFF);
    var exporter = OtlpHttpSpanExporter.builder().setEndpoint(export.endpoint().toString());
    export.headers().forEach(exporter::addHeader);
    provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.builder()
                        .put("service.name", "fairway-controller")
                        .put("service.instance.id", instance)
                        .build()))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(export.sampleRatio())))
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        new Counting(exporter.setTimeout(TIMEOUT).build(), metrics))
                    .build())
            .build();
    tracer = provider.get("fairway");
    LOG.info("traces go to {}, ratio {}", export.endpoint().getHost(), export.sampleRatio());
  }

  // The scope is closed with the step: whoever begins one ends it in the same thread.
  @SuppressWarnings("MustBeClosedChecker")
  @Override
  public Span begin(String name) {
    var span = tracer.spanBuilder(name).setParent(Context.current()).startSpan();
    return new Step(span, span.makeCurrent());
  }

  /// Sends what waits, for a few seconds at most.
  @Override
  public void close() {
    provider.shutdown().join(FLUSH.toMillis(), TimeUnit.MILLISECONDS);
  }

  private record Step(io.opentelemetry.api.trace.Span span, Scope scope) implements Span {
    @Override
    public void set(String attribute, String value) {
      span.setAttribute(attribute, value);
    }

    @Override
    public void failed(String why) {
      span.setStatus(StatusCode.ERROR, why);
    }

    @Override
    public Optional<String> traceId() {
      var context = span.getSpanContext();
      return context.isSampled() ? Optional.of(context.getTraceId()) : Optional.empty();
    }

    @Override
    public void close() {
      scope.close();
      span.end();
    }
  }

  private record Counting(SpanExporter exporter, Metrics metrics) implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      var result = exporter.export(spans);
      result.whenComplete(() -> {
        if (!result.isSuccess()) {
          metrics.count(DROPPED, Map.of());
          LOG.debug(
              "{} spans dropped: {}", spans.size(), String.valueOf(result.getFailureThrowable()));
        }
      });
      return result;
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
