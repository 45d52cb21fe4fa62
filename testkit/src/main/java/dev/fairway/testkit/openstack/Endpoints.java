// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.fault.Attempt;
import dev.fairway.testkit.openstack.http.Answer;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.http.Request;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Where each service really is, and what clients take for it: a path of the proxy that is named
/// after the service's type. Learns from the catalogue of every token that passes.
final class Endpoints {
  private final String proxy;
  private final Map<String, String> real = new ConcurrentHashMap<>();

  /// @param proxy without a slash at its end
  /// @param identity where tokens are issued, without `/v3`
  Endpoints(String proxy, String identity) {
    this.proxy = proxy;
    real.put(Attempt.IDENTITY, identity);
  }

  /// A request as its service sees it.
  ///
  /// @param endpoint without a slash at its end
  record Target(String service, String endpoint, Request request) {}

  /// Empty when no token has told of such a service.
  Optional<Target> target(Request request) {
    var end = request.path().indexOf('/', 1);
    var service = request.path().substring(1, end < 0 ? request.path().length() : end);
    var rest = end < 0 ? "" : request.path().substring(end);
    return Optional.ofNullable(real.get(service))
        .map(endpoint -> new Target(service, endpoint, request.at(rest)));
  }

  /// The answer with the proxy in the place of every service.
  Answer hidden(Attempt attempt, Answer answer) {
    var learned =
        attempt.service().equals(Attempt.IDENTITY) && answer.body().contains("\"catalog\"")
            ? withCatalogue(answer)
            : answer;
    var body = learned.body();
    for (var entry : real.entrySet()) {
      var here = proxy + "/" + entry.getKey();
      for (var end : new String[] {"/", "\""}) {
        body = body.replace(entry.getValue() + end, here + end);
      }
    }
    return learned.withBody(body);
  }

  private Answer withCatalogue(Answer answer) {
    var body = answer.json();
    var token = body.path("token");
    learn(token.isMissingNode() ? body.path("catalog") : token.path("catalog"));
    return answer.withBody(Json.write(body));
  }

  private void learn(JsonNode catalogue) {
    for (var service : catalogue) {
      var type = service.path("type").asText();
      for (var endpoint : service.path("endpoints")) {
        var url = endpoint.path("url").asText().replaceAll("/+$", "");
        var base = real.computeIfAbsent(type, _ -> url);
        var rest = url.startsWith(base) ? url.substring(base.length()) : "";
        ((ObjectNode) endpoint).put("url", proxy + "/" + type + rest);
      }
    }
  }
}
