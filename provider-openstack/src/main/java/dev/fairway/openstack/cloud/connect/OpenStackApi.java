// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairway.cloud.Meters;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.openstack.config.CredentialsFile;
import dev.fairway.openstack.config.OpenStackSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The calls to OpenStack, carried by OpenStack4j, with token, limits, repetition and errors. All
/// methods throw [CloudException]; [CallFailed#of] tells more of one. Thread-safe; threads may be
/// virtual.
public final class OpenStackApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenStackApi.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNAUTHORIZED = 401;

  private final TokenSource tokens;
  private final Gate gate;
  private final int pageSize;

  OpenStackApi(TokenSource tokens, Gate gate, int pageSize) {
    this.tokens = tokens;
    this.gate = gate;
    this.pageSize = pageSize;
  }

  /// Connects to nothing yet: the first call gets a token.
  ///
  /// @param random for the jitter between attempts
  public static OpenStackApi connect(
      OpenStackSettings settings,
      CredentialsFile credentials,
      InstantSource clock,
      RandomGenerator random,
      Meters meters) {
    return new OpenStackApi(
        new TokenSource(credentials, new Keystone(clock), clock, meters),
        new Gate(
            settings.requestsPerSecond(), settings.burst(), Ticker.system(), clock, random, meters),
        settings.pageSize());
  }

  /// Whether the catalogue has the service, in our region and with our interface. Asks Keystone
  /// where there is no token yet.
  public boolean offers(Service service) {
    return tokens.session().offers(service);
  }

  /// Reads one object.
  ///
  /// @return the whole answer (`{"loadbalancer": {…}}`); empty where there is none (404)
  public Optional<JsonNode> get(Call call) {
    return ifThere(() -> make(call, HttpMethod.GET, null));
  }

  /// Reads all pages of a list.
  ///
  /// @param collection the answer's field that holds the entries: `loadbalancers`
  public List<JsonNode> list(Call call, String collection) {
    return Pages.all(call, collection, pageSize, page -> make(page, HttpMethod.GET, null));
  }

  /// Makes something. Never repeated by itself: see [CallFailed#mayHaveBeenCarriedOut].
  ///
  /// @return the whole answer
  public JsonNode post(Call call, JsonNode body) {
    return make(call, HttpMethod.POST, body);
  }

  /// Changes something.
  ///
  /// @return the whole answer; an empty object where it has no body
  public JsonNode put(Call call, JsonNode body) {
    return make(call, HttpMethod.PUT, body);
  }

  /// Removes something.
  ///
  /// @return false where it was gone already (404)
  public boolean delete(Call call) {
    return ifThere(() -> make(call, HttpMethod.DELETE, null)).isPresent();
  }

  @Override
  public void close() {
    tokens.close();
  }

  private static Optional<JsonNode> ifThere(Supplier<JsonNode> call) {
    try {
      return Optional.of(call.get());
    } catch (CloudException e) {
      if (CallFailed.of(e).filter(CallFailed::gone).isPresent()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private JsonNode make(Call call, HttpMethod method, @Nullable JsonNode body) {
    return gate.call(call, () -> withToken(call, method, body));
  }

  private JsonNode withToken(Call call, HttpMethod method, @Nullable JsonNode body) {
    var session = tokens.session();
    try {
      return send(session, call, method, body);
    } catch (CallFailed e) {
      if (e.status() != UNAUTHORIZED) {
        throw e;
      }
      tokens.refused(session);
    }
    var next = tokens.session();
    try {
      return send(next, call, method, body);
    } catch (CallFailed e) {
      if (e.status() == UNAUTHORIZED) {
        tokens.refused(next);
      }
      throw e;
    }
  }

  private JsonNode send(Session session, Call call, HttpMethod method, @Nullable JsonNode body) {
    var operation = call.operation();
    var builder =
        HttpRequest.builder(Void.class)
            .endpointTokenProvider(session.provider(operation.service()))
            .path(operation.prefix() + call.path())
            .method(method)
            .headers(call.headers());
    call.query().forEach((key, values) -> values.forEach(value -> builder.queryParam(key, value)));
    if (body != null) {
      builder.json(body.toString());
    }
    var start = System.nanoTime();
    try {
      var answer =
          (Answer) HttpConnector.send(builder.build(), session.transport(), operation.timeout());
      log(call, method, Integer.toString(answer.status()), start);
      tokens.accepted(session);
      return read(answer);
    } catch (CallFailed e) {
      log(call, method, String.valueOf(e.getMessage()), start);
      throw e;
    }
  }

  private static JsonNode read(Answer answer) {
    if (answer.text().isBlank()) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      return JSON.readTree(answer.text());
    } catch (JsonProcessingException _) {
      throw CallFailed.garbled(
          answer.status(),
          "the answer is cut, or no JSON",
          answer.headerOr("x-openstack-request-id", ""));
    }
  }

  private static void log(Call call, HttpMethod method, String outcome, long start) {
    LOG.debug(
        "{} {} {}: {} after {} ms",
        call.operation().permission(),
        method,
        call.path(),
        outcome,
        (System.nanoTime() - start) / 1_000_000);
  }
}
