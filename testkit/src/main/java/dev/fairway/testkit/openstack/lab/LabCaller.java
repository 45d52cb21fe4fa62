// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Plain calls as one user with one token: what a person would do with curl. Not the client that is
/// tested.
public final class LabCaller {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final String token;

  private LabCaller(HttpClient http, String token) {
    this.http = http;
    this.token = token;
  }

  /// An answer of whatever status; `body` is missing when there is none.
  public record Answer(int status, JsonNode body) {
    /// @throws IllegalStateException when it is a refusal
    public JsonNode accepted() {
      if (status >= 300) {
        throw new IllegalStateException("refused with %d: %s".formatted(status, body));
      }
      return body;
    }
  }

  /// Logs in by password.
  ///
  /// @throws IllegalStateException when Keystone refuses
  public static LabCaller login(URI authUrl, LabSeed.Login login) {
    // HTTP/1.1: the services know no other, and would have to refuse the upgrade each time.
    var http =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
    var answer =
        send(http, post(URI.create(authUrl + "/auth/tokens"), passwordBody(login)).build());
    return new LabCaller(
        http,
        answer
            .headers()
            .firstValue("X-Subject-Token")
            .orElseThrow(
                () -> new IllegalStateException("Keystone gave no token: " + answer.statusCode())));
  }

  public Answer get(URI uri) {
    return call(HttpRequest.newBuilder(uri).GET());
  }

  /// @param body JSON
  public Answer post(URI uri, CharSequence body) {
    return call(post(uri, body.toString()));
  }

  /// @param body JSON; may be empty
  public Answer put(URI uri, CharSequence body) {
    return call(
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body.toString())));
  }

  public Answer delete(URI uri) {
    return call(HttpRequest.newBuilder(uri).DELETE());
  }

  private static HttpRequest.Builder post(URI uri, String body) {
    return HttpRequest.newBuilder(uri)
        .timeout(LIMIT)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private Answer call(HttpRequest.Builder request) {
    var answer = send(http, request.timeout(LIMIT).header("X-Auth-Token", token).build());
    return new Answer(answer.statusCode(), read(answer.body()));
  }

  private static JsonNode read(String body) {
    try {
      return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON: " + body, e);
    }
  }

  private static HttpResponse<String> send(HttpClient http, HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("%s %s".formatted(request.method(), request.uri()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String passwordBody(LabSeed.Login login) {
    return """
    {"auth": {"identity": {"methods": ["password"], "password": {"user":
    {"name": "%s", "domain": {"id": "default"}, "password": "%s"}}},
    "scope": {"project": {"name": "%s", "domain": {"id": "default"}}}}}
    """
        .formatted(login.user(), login.password(), login.project());
  }
}
