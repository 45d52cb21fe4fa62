// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.http.Query;
import dev.fairway.testkit.openstack.http.Request;
import java.util.regex.Pattern;

/// One attempt of a client, without anything secret: no header, and no body of the identity
/// service.
///
/// @param service its type in the catalogue, as in [#LOAD_BALANCER]
/// @param path below the endpoint
/// @param text the body; empty for none
public record Attempt(String service, String method, String path, Query query, String text) {
  public static final String IDENTITY = "identity";
  public static final String LOAD_BALANCER = "load-balancer";
  public static final String NETWORK = "network";
  public static final String KEY_MANAGER = "key-manager";

  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}");

  public static Attempt of(String service, Request request) {
    var body = service.equals(IDENTITY) ? "" : request.body();
    return new Attempt(service, request.method(), request.path(), request.query(), body);
  }

  /// The body as JSON; a missing node when it is none.
  public JsonNode body() {
    try {
      return Json.read(text);
    } catch (IllegalArgumentException _) {
      return MissingNode.getInstance();
    }
  }

  /// Whether it asks for a token.
  public boolean token() {
    return service.equals(IDENTITY) && method.equals("POST") && path.endsWith("/auth/tokens");
  }

  /// Whether it reads something that is not about identity.
  public boolean reading() {
    return !service.equals(IDENTITY) && (method.equals("GET") || method.equals("HEAD"));
  }

  /// Whether it can change something that is not about identity.
  public boolean mutating() {
    return !service.equals(IDENTITY) && !reading();
  }

  /// What it does to what kind of thing, as in `PUT /v2/lbaas/pools/{id}/members`.
  public String operation() {
    return method + " " + ID.matcher(path).replaceAll("{id}");
  }

  @Override
  public String toString() {
    return "%s %s %s%s"
        .formatted(service, method, path, query.text().isEmpty() ? "" : "?" + query.text());
  }
}
