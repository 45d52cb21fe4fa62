// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.octavia;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.openstack.sim.Address;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Cidr;
import dev.fairway.testkit.openstack.sim.Refused;
import dev.fairway.testkit.openstack.sim.network.Neutron;
import java.util.List;
import java.util.Set;

/// Which values of a pool and of its children Octavia's API lets stand beside each other, whatever
/// the provider.
final class PoolRules {
  private static final Set<String> DATAGRAMS = Set.of("UDP", "SCTP");
  private static final int LEAST_DELAY = 3;

  private final Neutron neutron;

  PoolRules(Neutron neutron) {
    this.neutron = neutron;
  }

  static boolean http(String monitorType) {
    return monitorType.equals("HTTP") || monitorType.equals("HTTPS");
  }

  void checkPersistence(String protocol, JsonNode wanted) {
    if (!wanted.isObject()) {
      return;
    }
    var type = wanted.path("type").asText();
    var cookie = wanted.hasNonNull("cookie_name");
    if (DATAGRAMS.contains(protocol)) {
      if (cookie) {
        throw Refused.validation("Cookie names are not supported for UDP/SCTP pools.");
      }
      if (type.endsWith("COOKIE")) {
        throw Refused.validation(
            "Session persistence of type %s is not supported for UDP/SCTP protocol pools."
                .formatted(type));
      }
    } else if (wanted.hasNonNull("persistence_timeout")
        || wanted.hasNonNull("persistence_granularity")) {
      throw Refused.validation(
          "persistence_timeout and persistence_granularity is only for UDP and SCTP protocol pools.");
    }
    if (cookie && !type.equals("APP_COOKIE")) {
      throw Refused.validation(
          "Field \"cookie_name\" can only be specified with session persistence of type \"APP_COOKIE\".");
    }
    if (!cookie && type.equals("APP_COOKIE")) {
      throw Refused.validation(
          "Field \"cookie_name\" must be specified when using the \"APP_COOKIE\" session persistence type.");
    }
  }

  void checkMonitor(String protocol, JsonNode wanted) {
    var type = wanted.path("type").asText();
    if (!http(type)) {
      for (var name : List.of("http_method", "url_path", "expected_codes")) {
        if (wanted.hasNonNull(name)) {
          throw Refused.octavia(
              400, "%s is not a valid option for health monitors of type %s".formatted(name, type));
        }
      }
    }
    if (DATAGRAMS.contains(protocol)) {
      if (!Set.of("UDP-CONNECT", "SCTP", "TCP", "HTTP").contains(type)) {
        throw Refused.validation(
            "The associated pool protocol is %s, so only a UDP-CONNECT/SCTP/TCP/HTTP health monitor is supported."
                .formatted(protocol));
      }
      if (type.equals("UDP-CONNECT") && wanted.path("delay").asInt(LEAST_DELAY) < LEAST_DELAY) {
        throw Refused.validation(
            "The request delay value %s should be larger than %d for UDP-CONNECT health monitor type."
                .formatted(wanted.path("delay").asText(), LEAST_DELAY));
      }
    } else if (type.equals("UDP-CONNECT") || type.equals("SCTP")) {
      throw Refused.validation(
          "The %s type is only supported for pools of type UDP/SCTP.".formatted(type));
    }
  }

  /// Subnets of members are looked up when a pool changes, not when a load balancer comes with all
  /// of its children.
  void checkSubnet(Caller caller, JsonNode member) {
    var subnet = member.path("subnet_id").asText("");
    if (!subnet.isEmpty() && !subnetExists(caller, subnet)) {
      throw Refused.octavia(400, "Subnet %s not found.".formatted(subnet));
    }
  }

  boolean subnetExists(Caller caller, String subnet) {
    return neutron.subnet(caller, subnet).isPresent();
  }

  boolean inVipSubnet(Balancer balancer, Member member) {
    return neutron
        .subnet(new Caller("", true), balancer.row().path("vip_subnet_id").asText())
        .flatMap(subnet -> Cidr.of(subnet.path("cidr").asText()))
        .filter(cidr -> Address.of(member.address()).filter(cidr::contains).isPresent())
        .isPresent();
  }
}
