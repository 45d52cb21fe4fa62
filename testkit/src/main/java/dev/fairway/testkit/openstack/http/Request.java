// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One request to one service.
///
/// @param path below the endpoint, as in `/v2/lbaas/loadbalancers`
/// @param headers by lower-case name
/// @param body empty for none
public record Request(
    String method, String path, Query query, Map<String, String> headers, String body) {
  /// Whether it can change nothing.
  public boolean reading() {
    return method.equals("GET") || method.equals("HEAD");
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// The parts of the path; a slash at its end does not count.
  public List<String> segments() {
    return List.of(path.split("/", -1)).stream().filter(part -> !part.isEmpty()).toList();
  }

  public Request at(String otherPath) {
    return new Request(method, otherPath, query, headers, body);
  }

  /// The body; a missing node when there is none.
  ///
  /// @throws IllegalArgumentException when it is not JSON
  public JsonNode json() {
    return Json.read(body);
  }

  /// Without the headers and the body: these carry secrets.
  @Override
  public String toString() {
    return method + " " + path + (query.text().isEmpty() ? "" : "?" + query.text());
  }
}
