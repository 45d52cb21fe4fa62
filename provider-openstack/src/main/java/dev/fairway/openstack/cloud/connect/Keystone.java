// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairway.openstack.config.Credentials;
import dev.fairway.openstack.config.Secret;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpRequest;

/// Gets tokens. Knows nothing of when.
final class Keystone {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  // Seldom, but Keystone may hide it: then this is safe, since it is the least that is in use.
  private static final Duration UNKNOWN_LIFETIME = Duration.ofMinutes(15);
  private static final Duration BEFORE_EXPIRY = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final InstantSource clock;

  Keystone(InstantSource clock) {
    this.clock = clock;
  }

  /// @throws CallFailed when Keystone refuses, or does not answer
  Session authenticate(Credentials credentials, Transport transport) {
    var request =
        HttpRequest.builder(Void.class)
            .endpoint(base(credentials.authUrl()))
            .path("/v3/auth/tokens")
            .method(HttpMethod.POST)
            .json(AuthRequest.of(credentials.login()).toString())
            .build();
    var asked = clock.instant();
    var answer = send(request, credentials, transport);
    var token = answer.headerOr("X-Subject-Token", "");
    var body = body(answer).path("token");
    if (token.isEmpty() || body.isMissingNode()) {
      throw CallFailed.garbled(answer.status(), "no token in Keystone's answer", "");
    }
    // The lifetime counts, from before we asked: the clocks of both sides may differ.
    var lifetime = lifetime(body);
    return new Session(
        new Secret(token),
        Catalogue.of(body.path("catalog")),
        credentials,
        transport,
        asked.plus(lifetime.minus(margin(lifetime))),
        asked.plus(lifetime));
  }

  private static Answer send(
      HttpRequest<Void> request, Credentials credentials, Transport transport) {
    try {
      return (Answer) HttpConnector.send(request, transport, TIMEOUT);
    } catch (CallFailed e) {
      // Whoever answers there may repeat what it was sent.
      throw e.without(credentials.login().proof());
    }
  }

  /// Five minutes or a tenth before the end, whichever is earlier; but not in the first half.
  static Duration margin(Duration lifetime) {
    var wanted = max(BEFORE_EXPIRY, lifetime.dividedBy(10));
    var half = lifetime.dividedBy(2);
    return wanted.compareTo(half) > 0 ? half : wanted;
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static String base(URI authUrl) {
    return authUrl.toString().replaceAll("/+$", "").replaceAll("/v\\d+(\\.\\d+)?$", "");
  }

  private static JsonNode body(Answer answer) {
    try {
      return JSON.readTree(answer.text());
    } catch (JsonProcessingException _) {
      throw CallFailed.garbled(answer.status(), "Keystone's answer is cut", "");
    }
  }

  private static Duration lifetime(JsonNode token) {
    try {
      var lifetime =
          Duration.between(
              instant(token.path("issued_at").asText()),
              instant(token.path("expires_at").asText()));
      return lifetime.isNegative() ? Duration.ZERO : lifetime;
    } catch (DateTimeException _) {
      return UNKNOWN_LIFETIME;
    }
  }

  private static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }
}
