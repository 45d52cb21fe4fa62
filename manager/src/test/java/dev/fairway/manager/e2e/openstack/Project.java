// SPDX-License-Identifier: Apache-2.0
package dev.fairway.manager.e2e.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.openstack.OpenStackSeed;
import dev.fairway.testkit.openstack.http.Answer;
import dev.fairway.testkit.openstack.http.HttpBackend;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.http.Query;
import dev.fairway.testkit.openstack.http.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/// The project at OpenStack as its people see and change it, past the controller and past the proxy
/// that counts.
final class Project {
  private final OpenStackSeed seed;
  private final HttpBackend identity;
  private final Map<String, HttpBackend> services = new HashMap<>();
  private String token = "";

  /// @param seed of the cloud itself
  Project(OpenStackSeed seed) {
    this.seed = seed;
    this.identity = new HttpBackend(seed.authUrl().toString(), HttpBackend.connections());
  }

  record Balancer(
      String id, String name, String status, String vip, String port, Set<String> tags) {
    private static Balancer of(JsonNode row) {
      return new Balancer(
          row.path("id").asText(),
          row.path("name").asText(),
          row.path("provisioning_status").asText(),
          row.path("vip_address").asText(),
          row.path("vip_port_id").asText(),
          new TreeSet<>(Json.texts(row.path("tags"))));
    }
  }

  /// @param port the port that it leads to; empty for none
  record FloatingIp(String id, String address, String port, String description) {
    private static FloatingIp of(JsonNode row) {
      return new FloatingIp(
          row.path("id").asText(),
          row.path("floating_ip_address").asText(),
          row.path("port_id").asText("").replace("null", ""),
          row.path("description").asText());
    }
  }

  List<Balancer> balancers() {
    return rows("/v2/lbaas/loadbalancers").stream()
        .map(Balancer::of)
        .filter(one -> !one.status().equals("DELETED"))
        .toList();
  }

  Balancer balancer(String id) {
    return balancers().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow();
  }

  /// The load balancer that clients of this address reach.
  Balancer servedAt(String address) {
    var port =
        floatingIps().stream()
            .filter(ip -> ip.address().equals(address))
            .map(FloatingIp::port)
            .findFirst();
    return balancers().stream()
        .filter(one -> one.vip().equals(address) || port.equals(Optional.of(one.port())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no load balancer is reached at " + address));
  }

  List<FloatingIp> floatingIps() {
    return rows("/v2.0/floatingips").stream().map(FloatingIp::of).toList();
  }

  /// Rows of Octavia.
  ///
  /// @param kind `listeners`, `pools` or `healthmonitors`
  List<JsonNode> parts(String kind) {
    return rows("/v2/lbaas/" + kind);
  }

  /// As in `TCP/80`.
  Set<String> listeners(String balancer) {
    var found = new TreeSet<String>();
    parts("listeners?loadbalancer_id=" + balancer)
        .forEach(row ->
            found.add(row.path("protocol").asText() + "/" + row.path("protocol_port").asInt()));
    return found;
  }

  /// The addresses of all members of all pools, with how many pools have each.
  Map<String, Integer> members() {
    var found = new TreeMap<String, Integer>();
    for (var pool : parts("pools")) {
      parts("pools/" + pool.path("id").asText() + "/members")
          .forEach(member -> found.merge(member.path("address").asText(), 1, Integer::sum));
    }
    return found;
  }

  /// All that is there only while there are Services.
  List<String> leftovers() {
    var all = new ArrayList<String>();
    balancers().forEach(one -> all.add(one.name()));
    floatingIps().forEach(ip -> all.add(ip.address()));
    return all;
  }

  /// Deletes a load balancer with all that is on it.
  void deleteBalancer(String id) {
    var _ = accepted(send("DELETE", "/v2/lbaas/loadbalancers/" + id + "?cascade=true", ""));
  }

  /// Of a load balancer, a listener…
  ///
  /// @param path as in `/v2/lbaas/listeners/ID`
  JsonNode change(String path, String body) {
    return accepted(send("PUT", path, body));
  }

  /// @return the row, below its only key
  JsonNode make(String path, String body) {
    var made = accepted(send("POST", path, body));
    return made.path(made.fieldNames().next());
  }

  void delete(String path) {
    var _ = accepted(send("DELETE", path, ""));
  }

  private List<JsonNode> rows(String path) {
    var answer = accepted(send("GET", path, ""));
    var kind = path.replaceAll("\\?.*", "").replaceAll(".*/", "");
    return StreamSupport.stream(answer.path(kind).spliterator(), false).toList();
  }

  private static JsonNode accepted(Answer answer) {
    if (!answer.ok()) {
      throw new IllegalStateException("%d: %s".formatted(answer.status(), answer.body()));
    }
    return answer.body().isEmpty() ? Json.object() : answer.json();
  }

  // Tokens end while tests play with them.
  private Answer send(String method, String path, String body) {
    if (token.isEmpty()) {
      login();
    }
    var answer = sendOnce(method, path, body);
    if (answer.status() != 401) {
      return answer;
    }
    login();
    return sendOnce(method, path, body);
  }

  private Answer sendOnce(String method, String path, String body) {
    var service = path.startsWith("/v2/lbaas/") ? "load-balancer" : "network";
    var at = path.indexOf('?');
    return services
        .get(service)
        .send(
            new Request(
                method,
                at < 0 ? path : path.substring(0, at),
                Query.of(at < 0 ? null : path.substring(at + 1)),
                headers(Map.of("x-auth-token", token)),
                body));
  }

  private static Map<String, String> headers(Map<String, String> more) {
    var headers = new TreeMap<>(more);
    headers.put("accept", "application/json");
    headers.put("content-type", "application/json");
    return headers;
  }

  private void login() {
    var body = Json.object();
    var asked = body.putObject("auth").putObject("identity");
    asked.putArray("methods").add("application_credential");
    asked
        .putObject("application_credential")
        .put("id", seed.applicationCredential())
        .put("secret", seed.applicationCredentialSecret());
    var issued =
        identity.send(
            new Request(
                "POST", "/auth/tokens", Query.of(null), headers(Map.of()), Json.write(body)));
    token = issued.headers().getOrDefault("x-subject-token", "");
    for (var service : accepted(issued).path("token").path("catalog")) {
      for (var endpoint : service.path("endpoints")) {
        if (endpoint.path("interface").asText().equals("public")) {
          services.put(
              service.path("type").asText(),
              new HttpBackend(
                  endpoint.path("url").asText().replaceAll("/+$", ""), HttpBackend.connections()));
        }
      }
    }
  }
}
