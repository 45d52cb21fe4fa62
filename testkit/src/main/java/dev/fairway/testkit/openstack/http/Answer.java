// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a request is answered.
///
/// @param headers by lower-case name, without those of the connection
/// @param body empty for none
public record Answer(int status, Map<String, String> headers, String body) {
  private static final String TYPE = "content-type";
  private static final String JSON = "application/json";

  public static Answer json(int status, JsonNode body) {
    return new Answer(status, Map.of(TYPE, JSON), Json.write(body));
  }

  public static Answer empty(int status) {
    return new Answer(status, Map.of(), "");
  }

  public static Answer text(int status, String body) {
    return new Answer(status, Map.of(TYPE, "text/plain; charset=utf-8"), body);
  }

  /// A page as load balancers and web servers in front of a service show it.
  public static Answer html(int status, String title) {
    return new Answer(
        status,
        Map.of(TYPE, "text/html"),
        "<html><head><title>%1$d %2$s</title></head><body><center><h1>%1$d %2$s</h1></center></body></html>\n"
            .formatted(status, title));
  }

  /// An error of Octavia.
  public static Answer octavia(int status, String fault) {
    var body = Json.object().put("faultcode", status < 500 ? "Client" : "Server");
    return json(status, body.put("faultstring", fault).putNull("debuginfo"));
  }

  /// An error of Neutron.
  ///
  /// @param type as in `OverQuota`
  public static Answer neutron(int status, String type, String message) {
    var body = Json.object();
    body.putObject("NeutronError").put("type", type).put("message", message).put("detail", "");
    return json(status, body);
  }

  /// An error of Keystone, or of the check of tokens in front of every service.
  public static Answer identity(int status, String title, String message) {
    var body = Json.object();
    body.putObject("error").put("code", status).put("message", message).put("title", title);
    return json(status, body);
  }

  /// What a service says to a token that is unknown or has ended.
  public static Answer unauthorized() {
    return identity(401, "Unauthorized", "The request you have made requires authentication.");
  }

  public boolean ok() {
    return status / 100 == 2;
  }

  public Answer with(String header, String value) {
    var more = new TreeMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }

  public Answer withBody(String changed) {
    return new Answer(status, headers, changed);
  }

  /// The body.
  ///
  /// @throws IllegalArgumentException when it is not JSON
  public JsonNode json() {
    return Json.read(body);
  }

  /// What an error says; empty for a success, or when no service wrote it.
  public Optional<String> error() {
    if (ok() || !headers.getOrDefault(TYPE, "").startsWith(JSON)) {
      return Optional.empty();
    }
    var said = json();
    var text =
        said.path("faultstring").asText("")
            + said.path("NeutronError").path("message").asText("")
            + said.path("error").path("message").asText("");
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
