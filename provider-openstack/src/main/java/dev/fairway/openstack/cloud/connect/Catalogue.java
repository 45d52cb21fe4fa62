// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.openstack.config.Credentials.Facing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where the services are, as Keystone said with the token (Identity API reference, "catalog").
record Catalogue(List<Endpoint> endpoints) {
  /// @param facing `public`, `internal` or `admin`
  record Endpoint(String type, String region, String facing, String url) {}

  Catalogue {
    endpoints = List.copyOf(endpoints);
  }

  /// @param catalog the array in the answer
  static Catalogue of(JsonNode catalog) {
    var endpoints = new ArrayList<Endpoint>();
    for (var service : catalog) {
      for (var endpoint : service.path("endpoints")) {
        endpoints.add(
            new Endpoint(
                service.path("type").asText(),
                endpoint.path("region_id").asText(endpoint.path("region").asText()),
                endpoint.path("interface").asText(),
                endpoint.path("url").asText()));
      }
    }
    return new Catalogue(endpoints);
  }

  /// The address of a service, without version and without a slash at its end.
  Optional<String> find(Service service, Optional<String> region, Facing facing) {
    return endpoints.stream()
        .filter(endpoint -> endpoint.type().equals(service.type()))
        .filter(endpoint -> region.isEmpty() || region.get().equals(endpoint.region()))
        .filter(endpoint -> endpoint.facing().equals(spelled(facing)))
        .map(endpoint -> endpoint.url().replaceAll("/+$", "").replaceAll("/v\\d+(\\.\\d+)?$", ""))
        .findFirst();
  }

  /// The same, or an error that says what there is.
  String get(Service service, Optional<String> region, Facing facing) {
    return find(service, region, facing)
        .orElseThrow(() -> {
          var wanted =
              "a %s endpoint of type %s%s"
                  .formatted(
                      spelled(facing),
                      service.type(),
                      region.map(name -> " in region " + name).orElse(""));
          return new CloudException.Denied(
              "the catalogue has no %s; it has %s; see region and os-endpoint-type"
                  .formatted(wanted.substring(2), all()),
              wanted,
              null);
        });
  }

  private String all() {
    return endpoints.stream()
        .map(
            endpoint -> "%s/%s/%s".formatted(endpoint.type(), endpoint.region(), endpoint.facing()))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String spelled(Facing facing) {
    return facing.name().toLowerCase(Locale.ROOT);
  }
}
