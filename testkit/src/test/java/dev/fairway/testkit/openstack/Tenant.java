// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Answer;
import dev.fairway.testkit.openstack.http.HttpBackend;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.http.Query;
import dev.fairway.testkit.openstack.http.Request;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Raw calls with the token of one user, to the services that its catalogue names.
final class Tenant {
  private static final HttpClient CLIENT = HttpBackend.connections();

  /// Before anybody has logged in.
  static final Tenant NOBODY = new Tenant("", Map.of());

  private final String token;
  private final Map<String, String> endpoints;

  private Tenant(String token, Map<String, String> endpoints) {
    this.token = token;
    this.endpoints = endpoints;
  }

  private static Map<String, String> endpoints(Answer issued) {
    var endpoints = new HashMap<String, String>();
    for (var service : issued.json().path("token").path("catalog")) {
      for (var endpoint : service.path("endpoints")) {
        if (endpoint.path("interface").asText().equals("public")) {
          endpoints.put(
              service.path("type").asText(), endpoint.path("url").asText().replaceAll("/+$", ""));
        }
      }
    }
    return endpoints;
  }

  /// By password.
  ///
  /// @param name `demo`, `other` or `admin`
  static Tenant of(OpenStackSeed seed, String name) {
    var issued = login(seed, password(name, seed.password()));
    assertThat(issued.status()).as("token of %s: %s", name, issued.error()).isEqualTo(201);
    return new Tenant(issued.headers().getOrDefault("x-subject-token", ""), endpoints(issued));
  }

  static ObjectNode password(String name, String password) {
    var auth = Json.object();
    var identity = auth.putObject("identity");
    identity.putArray("methods").add("password");
    var user = identity.putObject("password").putObject("user");
    user.put("name", name).put("password", password).putObject("domain").put("id", "default");
    var project = auth.putObject("scope").putObject("project").put("name", name);
    project.putObject("domain").put("id", "default");
    return auth;
  }

  /// The answer of the identity service.
  static Answer login(OpenStackSeed seed, ObjectNode auth) {
    var body = Json.write(Json.object().set("auth", auth));
    return send(seed.authUrl().toString(), "POST", "/auth/tokens", body, Map.of());
  }

  String endpoint(String service) {
    return endpoints.getOrDefault(service, "none");
  }

  Answer octavia(String method, String path) {
    return octavia(method, path, "");
  }

  /// @param path below `/v2/lbaas`, with parameters
  Answer octavia(String method, String path, String body) {
    return send(endpoint("load-balancer"), method, "/v2/lbaas" + path, body, token());
  }

  Answer neutron(String method, String path) {
    return neutron(method, path, "");
  }

  /// @param path below `/v2.0`, with parameters
  Answer neutron(String method, String path, String body, String... headers) {
    var all = new TreeMap<>(token());
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return send(endpoint("network"), method, "/v2.0" + path, body, all);
  }

  private Map<String, String> token() {
    return Map.of("x-auth-token", token);
  }

  /// @param path with parameters
  static Answer send(
      String endpoint, String method, String path, String body, Map<String, String> headers) {
    var at = path.indexOf('?');
    var all = new TreeMap<>(headers);
    all.put("accept", "application/json");
    if (!body.isEmpty()) {
      all.put("content-type", "application/json");
    }
    return new HttpBackend(endpoint, CLIENT)
        .send(
            new Request(
                method,
                at < 0 ? path : path.substring(0, at),
                Query.of(at < 0 ? null : path.substring(at + 1)),
                all,
                body));
  }

  /// The row in the answer to a call that must succeed.
  static JsonNode row(Answer answer, String name) {
    assertThat(answer.ok()).as("%s %s", answer.status(), answer.error()).isTrue();
    return answer.json().path(name);
  }
}
