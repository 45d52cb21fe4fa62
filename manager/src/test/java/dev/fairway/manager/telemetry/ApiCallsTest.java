// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiCallsTest {
  private final Metrics metrics = new Metrics();

  @ParameterizedTest
  @CsvSource({
    "/api/v1/namespaces/default/services/web/status, services/status",
    "/api/v1/namespaces/default/events, events",
    "/api/v1/services, services",
    "/api/v1/nodes/node-1, nodes",
    "/api/v1/namespaces/default, namespaces",
    "/apis/discovery.k8s.io/v1/endpointslices, endpointslices",
    "/apis/coordination.k8s.io/v1/namespaces/fairway-system/leases/fairway-controller, leases",
    "/prefix/of/a/proxy/api/v1/namespaces/default/services/web, services",
  })
  void aPathIsAResourceWithoutNames(String path, String resource) {
    assertThat(ApiCalls.resource(path)).isEqualTo(resource);
  }

  @Test
  void theRequestsOfAClientAreCounted() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    server.start();
    var url = "http://127.0.0.1:" + server.getAddress().getPort();
    var config =
        new ConfigBuilder()
            .withAutoConfigure(false)
            .withMasterUrl(url)
            .withRequestRetryBackoffLimit(0)
            .build();
    try (var client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor("count", new ApiCalls(metrics)))
            .build()) {
      assertThatThrownBy(() -> client.services().inNamespace("a").withName("b").get())
          .isInstanceOf(KubernetesClientException.class);
    } finally {
      server.stop(0);
    }

    assertThat(metrics.scrape())
        .contains(
            "fairway_api_requests_total{code=\"403\",method=\"GET\",resource=\"services\"} 1");
  }
}
