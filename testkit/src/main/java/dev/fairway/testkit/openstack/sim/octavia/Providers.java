// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.http.Json;
import dev.fairway.testkit.openstack.sim.Address;
import dev.fairway.testkit.openstack.sim.Refused;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What the drivers refuse: `amphora`, its other name `octavia`, and `ovn`.
final class Providers {
  static final String AMPHORA = "amphora";
  private static final String OVN = "ovn";
  private static final List<String> OVN_PROTOCOLS = List.of("TCP", "UDP", "SCTP");
  private static final List<String> OVN_ALGORITHMS = List.of("SOURCE_IP_PORT", "SOURCE_IP");
  private static final List<String> OVN_MONITORS = List.of("UDP-CONNECT", "TCP");

  private final Map<String, String> enabled = new TreeMap<>();

  Providers() {
    enabled.put(AMPHORA, "The Octavia Amphora driver.");
    enabled.put("octavia", "Deprecated alias of the Octavia Amphora driver.");
    enabled.put(OVN, "Octavia OVN driver.");
  }

  /// Only these from now on.
  void enable(Collection<String> names) {
    enabled.keySet().retainAll(names);
    names.forEach(name -> enabled.putIfAbsent(name, name));
  }

  void checkEnabled(String provider) {
    if (!enabled.containsKey(provider)) {
      throw Refused.octavia(400, "Provider '%s' is not enabled.".formatted(provider));
    }
  }

  ObjectNode view() {
    var body = Json.object();
    var list = body.putArray("providers");
    enabled.forEach(
        (name, description) -> list.addObject().put("name", name).put("description", description));
    return body;
  }

  private static boolean ovn(Balancer balancer) {
    return balancer.provider().equals(OVN);
  }

  private static Refused unsupported(Balancer balancer, String why) {
    return Refused.octavia(
        501,
        "Provider '%s' does not support a requested option: %s"
            .formatted(balancer.provider(), why));
  }

  void checkListener(Balancer balancer, JsonNode row) {
    if (!ovn(balancer)) {
      return;
    }
    if (row.has("protocol")) {
      checkProtocol(balancer, row);
    }
    if (!row.path("allowed_cidrs").isEmpty()) {
      throw unsupported(balancer, "OVN provider does not support allowed_cidrs option");
    }
  }

  private static void checkProtocol(Balancer balancer, JsonNode row) {
    var protocol = row.path("protocol").asText();
    if (!OVN_PROTOCOLS.contains(protocol)) {
      throw unsupported(balancer, "OVN provider does not support %s protocol".formatted(protocol));
    }
  }

  /// @param graph whether it is made along with its load balancer: the amphora driver does not look
  ///   at the algorithm then
  void checkPool(Balancer balancer, JsonNode row, boolean graph) {
    var algorithm = row.path("lb_algorithm").asText();
    if (!ovn(balancer)) {
      if (algorithm.equals("SOURCE_IP_PORT") && !graph) {
        throw unsupported(balancer, "Amphora provider does not support SOURCE_IP_PORT algorithm.");
      }
      return;
    }
    if (row.has("protocol")) {
      checkProtocol(balancer, row);
    }
    if (row.has("lb_algorithm") && !OVN_ALGORITHMS.contains(algorithm)) {
      throw unsupported(
          balancer, "OVN provider does not support %s algorithm".formatted(algorithm));
    }
    var persistence = row.path("session_persistence").path("type").asText("SOURCE_IP");
    if (!persistence.equals("SOURCE_IP")) {
      // The driver fails when it is about to say that it supports no other.
      throw Refused.octavia(
          500, "Provider 'ovn' reports error: 'dict' object has no attribute 'type'");
    }
  }

  /// Whether the change of a pool ends in `ERROR`: the driver looks for `admin_state_up` wherever
  /// there is something to do for it.
  boolean failsToChange(Balancer balancer, JsonNode wanted) {
    return ovn(balancer) && wanted.has("session_persistence") && !wanted.has("admin_state_up");
  }

  void checkMonitor(Balancer balancer, String type) {
    if (ovn(balancer) && !OVN_MONITORS.contains(type)) {
      throw unsupported(
          balancer,
          "OVN provider does not support %s health monitor type. Supported types: %s"
              .formatted(type, String.join(", ", OVN_MONITORS)));
    }
  }

  /// @param inVipSubnet whether the member's address is of the VIP's subnet
  /// @param batch whether all members of the pool are written at once
  void checkMember(Balancer balancer, Member member, boolean inVipSubnet, boolean batch) {
    if (!ovn(balancer)) {
      return;
    }
    if (member.monitoredElsewhere()) {
      throw unsupported(
          balancer,
          batch
              ? "OVN provider does not support monitor options"
              : "OVN Load Balancer does not support different member monitor address or port.");
    }
    if (member.subnet() == null && !inVipSubnet) {
      throw unsupported(
          balancer,
          "Subnet is required, or Loadbalancer associated with Pool must have a subnet, for Member batch update with OVN Provider Driver if it is not the same as LB VIP subnet");
    }
    var six = Address.of(member.address()).filter(Address::v6).isPresent();
    if (balancer.addresses().stream().allMatch(vip -> vip.contains(":") != six)) {
      throw unsupported(
          balancer,
          "OVN provider does not support mixing IPv4/IPv6 configuration within the same Load Balancer.");
    }
  }

  void checkFailover(Balancer balancer) {
    if (ovn(balancer)) {
      throw unsupported(balancer, "OVN provider does not support loadbalancer failover");
    }
  }

  void checkZone(String provider, String zone) {
    if (provider.equals(OVN) && !Objects.equals(zone, "")) {
      throw Refused.octavia(
          501,
          "Provider 'ovn' does not support a requested action: This provider does not support validating availability zones.");
    }
  }
}
