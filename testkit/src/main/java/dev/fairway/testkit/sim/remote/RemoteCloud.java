// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.sim.remote;

import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.testkit.sim.CloudCalls;
import dev.fairway.testkit.sim.SharedSets;
import dev.fairway.testkit.sim.SimulatedAction;
import dev.fairway.testkit.sim.SimulatedObserved;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// The simulated cloud of a [CloudServer]. Calls have no time limit, as in the provider of the
/// reference controller that is measured beside it: what a hanging call does is a question for the
/// controller here.
final class RemoteCloud implements CloudCalls, AutoCloseable {
  private final URI endpoint;
  private final SharedSets sets = new SharedSets();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  RemoteCloud(URI endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public List<SimulatedObserved> list() {
    return send(HttpRequest.newBuilder(endpoint.resolve(CloudServer.LIST)).build());
  }

  @Override
  public SimulatedObserved observe(LoadBalancerKey key) {
    return send(HttpRequest.newBuilder(uri(CloudServer.OBSERVE, key)).build()).getFirst();
  }

  @Override
  public SimulatedObserved apply(SimulatedAction action) {
    var path = CloudServer.ACTIONS + action.getClass().getSimpleName();
    return send(HttpRequest.newBuilder(uri(path, action.key()))
            .POST(BodyPublishers.ofString(ActionLines.write(action)))
            .build())
        .getFirst();
  }

  private URI uri(String path, LoadBalancerKey key) {
    return endpoint.resolve(
        path + "?key=" + URLEncoder.encode(key.toString(), StandardCharsets.UTF_8));
  }

  private List<SimulatedObserved> send(HttpRequest request) {
    try {
      var response = client.send(request, BodyHandlers.ofInputStream());
      try (var lines = reader(response.body())) {
        if (response.statusCode() != CloudServer.OK) {
          throw failed(response, lines.readAllAsString());
        }
        return ObservedLines.read(lines, sets);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new CloudException.Unavailable("the simulated cloud does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CloudException.Unavailable("interrupted while calling the simulated cloud", e);
    }
  }

  private static BufferedReader reader(InputStream body) {
    return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  private static RuntimeException failed(HttpResponse<?> response, String message) {
    return switch (response.statusCode()) {
      case CloudServer.CONFLICT -> new CloudException.Conflict(message, null);
      case CloudServer.THROTTLED ->
          new CloudException.Throttled(
              message,
              Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(1)),
              null);
      case CloudServer.UNAVAILABLE -> new CloudException.Unavailable(message, null);
      default -> new IllegalStateException(message);
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
