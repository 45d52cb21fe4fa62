// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.cloud.Meters;
import dev.fairway.openstack.config.CredentialsFile;
import dev.fairway.openstack.config.OpenStackSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The calls to OpenStack, with token, limits, repetition and errors. All methods throw
/// [dev.fairway.cloud.error.CloudException]; [CallFailed#of] tells more of one. Thread-safe;
/// threads may be virtual.
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class OpenStackApi implements AutoCloseable {

  private OpenStackApi() {}

  /// Connects to nothing yet: the first call gets a token.
  public static OpenStackApi connect(
      OpenStackSettings settings, CredentialsFile credentials, InstantSource clock, Meters meters) {
    throw new UnsupportedOperationException("" + settings + credentials + clock + meters);
  }

  /// Whether the catalogue has the service, in our region and with our interface.
  public boolean offers(Service service) {
    throw new UnsupportedOperationException(service.type());
  }

  /// Reads one object.
  ///
  /// @return the whole answer (`{"loadbalancer": {…}}`); empty where there is none (404)
  public Optional<JsonNode> get(Call call) {
    throw new UnsupportedOperationException(call.path());
  }

  /// Reads all pages of a list.
  ///
  /// @param collection the answer's field that holds the entries: `loadbalancers`
  public List<JsonNode> list(Call call, String collection) {
    throw new UnsupportedOperationException(call.path() + collection);
  }

  /// Makes something. Never repeated by itself: see [CallFailed#mayHaveBeenCarriedOut].
  ///
  /// @return the whole answer
  public JsonNode post(Call call, JsonNode body) {
    throw new UnsupportedOperationException(call.path() + body);
  }

  /// Changes something.
  ///
  /// @return the whole answer; an empty object where it has no body
  public JsonNode put(Call call, JsonNode body) {
    throw new UnsupportedOperationException(call.path() + body);
  }

  /// Removes something.
  ///
  /// @return false where it was gone already (404)
  public boolean delete(Call call) {
    throw new UnsupportedOperationException(call.path());
  }

  @Override
  public void close() {}
}
