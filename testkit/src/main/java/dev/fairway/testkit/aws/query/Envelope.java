// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.aws.query;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The HTTP around a call.
///
/// @param headers by name in lower case; only those that reach the backend
public record Envelope(String method, String path, Map<String, String> headers, String body) {
  static final String AUTHORIZATION = "authorization";
  static final String CONTENT_TYPE = "content-type";
  private static final String REGION = "eu-central-1";
  static final String TARGET = "x-amz-target";

  public Envelope {
    headers = Map.copyOf(headers);
  }

  /// As the SDK would write it for `service`. The signature is none: emulators look only at the
  /// scope.
  static Envelope unsigned(String region, String service) {
    var scope = "Credential=test/20260101/%s/%s/aws4_request".formatted(region, service);
    return new Envelope(
        "POST",
        "/",
        Map.of(
            AUTHORIZATION,
            "AWS4-HMAC-SHA256 " + scope + ", SignedHeaders=host, Signature=0",
            CONTENT_TYPE,
            "application/x-www-form-urlencoded; charset=utf-8"),
        "");
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /// The service in the scope of the signature, `/REGION/SERVICE/aws4_request`.
  Optional<String> scopedService() {
    return scope(3);
  }

  Optional<String> region() {
    return scope(2);
  }

  private Optional<String> scope(int part) {
    return header(AUTHORIZATION)
        .filter(text -> text.contains("Credential="))
        .map(text -> text.replaceFirst(".*Credential=([^,\\s]*).*", "$1").split("/", -1))
        .filter(parts -> parts.length > part)
        .map(parts -> parts[part]);
  }

  /// With a scope, if it has none, as a call by hand: emulators tell services apart by it.
  Envelope scopedTo(String service) {
    if (scopedService().isPresent()) {
      return this;
    }
    var changed = new TreeMap<>(headers);
    unsigned(REGION, service)
        .header(AUTHORIZATION)
        .ifPresent(scope -> changed.put(AUTHORIZATION, scope));
    return new Envelope(method, path, changed, body);
  }

  /// The same caller, asking another service.
  Envelope to(String service) {
    var changed = new TreeMap<>(headers);
    scopedService()
        .ifPresent(from ->
            changed.computeIfPresent(
                AUTHORIZATION,
                (_, text) ->
                    text.replace("/" + from + "/aws4_request", "/" + service + "/aws4_request")));
    return new Envelope(method, path, changed, body);
  }
}
