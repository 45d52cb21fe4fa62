// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts the requests of a Kubernetes client that were answered.
public final class ApiCalls implements Interceptor {
  private static final Metrics.Count REQUESTS =
      new Metrics.Count(
          "fairway_api_requests", "Answers of the API server, by method, resource and code.");

  private final Metrics metrics;

  public ApiCalls(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.@Nullable Consumer<List<ByteBuffer>> consumer) {
    count(request, Integer.toString(response.code()));
  }

  private void count(HttpRequest request, String code) {
    metrics.count(
        REQUESTS,
        Map.of(
            "method",
            request.method(),
            "resource",
            resource(request.uri().getPath()),
            "code",
            code));
  }

  /// `services/status` for the status of a Service; names and namespaces left out. The paths are
  /// those of the Kubernetes API: `/api/v1/…` or `/apis/GROUP/VERSION/…`.
  static String resource(String path) {
    var parts = List.of(path.replaceFirst("^.*?/(api/[^/]+|apis/[^/]+/[^/]+)/", "").split("/"));
    var inNamespace = parts.size() > 2 && parts.getFirst().equals("namespaces");
    var rest = inNamespace ? parts.subList(2, parts.size()) : parts;
    return rest.size() > 2 ? rest.getFirst() + "/" + rest.get(2) : rest.getFirst();
  }
}
