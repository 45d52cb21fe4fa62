// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Cidr;
import dev.fairway.testkit.openstack.sim.Refused;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which values of a listener Octavia's API lets stand beside each other, whatever the provider.
final class ListenerRules {
  private static final Map<String, List<String>> POOLS_OF_LISTENERS =
      Map.of(
          "TCP", List.of("HTTP", "HTTPS", "PROXY", "PROXYV2", "TCP"),
          "HTTP", List.of("HTTP", "PROXY", "PROXYV2"),
          "HTTPS", List.of("HTTPS", "PROXY", "PROXYV2", "TCP"),
          "TERMINATED_HTTPS", List.of("HTTP", "PROXY", "PROXYV2"),
          "UDP", List.of("UDP"),
          "SCTP", List.of("SCTP"),
          "PROMETHEUS", List.of());
  private static final Set<String> DATAGRAMS = Set.of("UDP", "SCTP");
  private static final Set<String> HEADERS =
      Set.of(
          "X-Forwarded-For",
          "X-Forwarded-Port",
          "X-Forwarded-Proto",
          "X-Forwarded-IP",
          "X-Client-IP",
          "X-Real-IP");

  private ListenerRules() {}

  /// In their shortest form, each once; null for none.
  static JsonNode cidrs(JsonNode wanted) {
    var canonical =
        Json.texts(wanted).stream()
            .map(text -> Cidr.of(text).orElseThrow().toString())
            .distinct()
            .toList();
    return canonical.isEmpty() ? Json.object().nullNode() : Json.texts(canonical);
  }

  static void check(Balancer balancer, JsonNode wanted) {
    var protocol = wanted.path("protocol").asText();
    checkHeaders(protocol, wanted.path("insert_headers"));
    checkCertificates(protocol, wanted);
    if (protocol.equals("TERMINATED_HTTPS")
        && !wanted.hasNonNull("default_tls_container_ref")
        && wanted.path("sni_container_refs").isEmpty()) {
      throw Refused.validation(
          "An SNI or default certificate container reference must be provided for TERMINATED_HTTPS protocol listeners.");
    }
    var port = wanted.path("protocol_port").asInt();
    balancer.listeners().values().stream()
        .filter(other -> other.port() == port && group(other.protocol()).equals(group(protocol)))
        .findFirst()
        .ifPresent(other -> {
          throw Refused.octavia(
              409,
              "Another Listener on this Load Balancer is already using protocol %s and protocol_port %d"
                  .formatted(other.protocol(), port));
        });
    checkFamilies(balancer, wanted.path("allowed_cidrs"));
    if (wanted.hasNonNull("default_pool_id")) {
      checkDefaultPool(balancer, protocol, wanted.path("default_pool_id").asText());
    }
  }

  static void checkChange(Listener listener, JsonNode wanted) {
    checkHeaders(listener.protocol(), wanted.path("insert_headers"));
    checkCertificates(listener.protocol(), wanted);
    checkFamilies(listener.balancer(), wanted.path("allowed_cidrs"));
    if (wanted.hasNonNull("default_pool_id")) {
      checkDefaultPool(
          listener.balancer(), listener.protocol(), wanted.path("default_pool_id").asText());
    }
  }

  private static String group(String protocol) {
    return DATAGRAMS.contains(protocol) ? protocol : "TCP";
  }

  private static void checkHeaders(String protocol, JsonNode headers) {
    if (headers.isEmpty()) {
      return;
    }
    if (!protocol.equals("HTTP") && !protocol.equals("TERMINATED_HTTPS")) {
      throw Refused.octavia(
          400,
          "insert-headers is not a valid option for a %s protocol listener.".formatted(protocol));
    }
    var names = new TreeSet<String>();
    headers
        .properties()
        .forEach(entry -> {
          if (!entry.getValue().isTextual()) {
            throw Schema.invalid(
                "insert_headers", entry.getValue().asText(), "Value should be string");
          }
          names.add(entry.getKey());
        });
    if (!HEADERS.containsAll(names)) {
      throw Refused.octavia(400, names + " is not a valid option for insert_headers");
    }
  }

  private static void checkCertificates(String protocol, JsonNode wanted) {
    if (!protocol.equals("TERMINATED_HTTPS")
        && (wanted.hasNonNull("default_tls_container_ref")
            || !wanted.path("sni_container_refs").isEmpty())) {
      throw Refused.validation(
          "Certificate container references are not allowed on %s protocol listeners."
              .formatted(protocol));
    }
  }

  private static void checkFamilies(Balancer balancer, JsonNode cidrs) {
    for (var cidr : Json.texts(cidrs)) {
      if (balancer.addresses().stream().noneMatch(vip -> vip.contains(":") == cidr.contains(":"))) {
        throw Refused.validation(
            "CIDR %s IP version incompatible with all VIPs %s IP version."
                .formatted(cidr, balancer.addresses()));
      }
    }
  }

  private static void checkDefaultPool(Balancer balancer, String protocol, String id) {
    var pool = balancer.pools().get(id);
    if (pool == null) {
      throw Store.missing("Pool", id);
    }
    checkProtocols(protocol, pool.protocol());
  }

  static void checkProtocols(String listener, String pool) {
    if (!POOLS_OF_LISTENERS.getOrDefault(listener, List.of()).contains(pool)) {
      throw Refused.validation(
          "The pool protocol '%s' is invalid while the listener protocol is '%s'."
              .formatted(pool, listener));
    }
  }
}
