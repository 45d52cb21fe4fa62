// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import dev.fairway.openstack.config.Credentials;
import dev.fairway.openstack.config.Secret;
import java.time.Instant;
import org.openstack4j.api.EndpointTokenProvider;
import org.openstack4j.api.types.ServiceType;

/// A token, and all that is needed to use it.
///
/// @param refreshAt from when a new one should be got, though this one is good
/// @param expiresAt by our own clock
record Session(
    Secret token,
    Catalogue catalogue,
    Credentials credentials,
    Transport transport,
    Instant refreshAt,
    Instant expiresAt) {

  /// The address of a service.
  ///
  /// @throws dev.fairway.cloud.error.CloudException.Denied when the catalogue has none
  String endpoint(Service service) {
    return catalogue.get(service, credentials.region(), credentials.facing());
  }

  boolean offers(Service service) {
    return catalogue.find(service, credentials.region(), credentials.facing()).isPresent();
  }

  /// What the library asks when it builds a request.
  EndpointTokenProvider provider(Service service) {
    var endpoint = endpoint(service);
    return new EndpointTokenProvider() {
      @Override
      public String getEndpoint(ServiceType type) {
        return endpoint;
      }

      @Override
      public String getTokenId() {
        return token.revealed();
      }
    };
  }
}
