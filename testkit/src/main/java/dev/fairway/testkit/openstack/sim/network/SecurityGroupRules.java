// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.sim.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.testkit.openstack.sim.Caller;
import dev.fairway.testkit.openstack.sim.Cidr;
import dev.fairway.testkit.openstack.sim.Ids;
import dev.fairway.testkit.openstack.sim.Refused;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What security groups let through. A rule never changes; two of one group never say the same.
final class SecurityGroupRules extends Resource {
  private static final List<String> CONTENT =
      List.of(
          "direction",
          "ethertype",
          "protocol",
          "port_range_min",
          "port_range_max",
          "remote_ip_prefix",
          "remote_group_id");
  private static final Set<String> POST =
      Set.of(
          "security_group_id",
          "direction",
          "ethertype",
          "protocol",
          "port_range_min",
          "port_range_max",
          "remote_ip_prefix",
          "remote_group_id",
          "description");

  private final SecurityGroups groups;
  private final Ids ids;
  private final InstantSource clock;

  SecurityGroupRules(SecurityGroups groups, Ids ids, InstantSource clock) {
    super(
        "security_group_rule",
        "SecurityGroupRule",
        Set.of(
            "id",
            "project_id",
            "tenant_id",
            "security_group_id",
            "direction",
            "ethertype",
            "protocol",
            "port_range_min",
            "port_range_max",
            "remote_ip_prefix",
            "remote_group_id",
            "description"));
    this.groups = groups;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  Refused missing(String id) {
    return Refused.neutron(
        404, "SecurityGroupRuleNotFound", "Security group rule %s does not exist".formatted(id));
  }

  @Override
  ObjectNode create(Caller caller, JsonNode wanted) {
    Body.check("POST", wanted, POST, attributes());
    var group = groups.get(caller, Body.uuid(wanted, "security_group_id"));
    var row = Row.of(ids.next(), Row.project(group), clock.instant());
    row.remove("name");
    row.put("security_group_id", Row.id(group));
    row.put("description", wanted.path("description").asText(""));
    CONTENT.forEach(name -> row.set(name, wanted.has(name) ? wanted.path(name) : row.nullNode()));
    row.put("ethertype", wanted.path("ethertype").asText("IPv4"));
    check(row);
    return add(row);
  }

  /// The two that every group starts with.
  void allowAllOut(ObjectNode group) {
    for (var family : List.of("IPv4", "IPv6")) {
      var row = Row.of(ids.next(), Row.project(group), clock.instant());
      row.remove("name");
      row.put("security_group_id", Row.id(group));
      CONTENT.forEach(row::putNull);
      row.putNull("normalized_cidr");
      add(row.put("direction", "egress").put("ethertype", family));
    }
  }

  private void check(ObjectNode row) {
    if (!Set.of("ingress", "egress").contains(row.path("direction").asText())) {
      throw Body.bad(
          "Invalid input for direction. Reason: '%s' is not in ['ingress', 'egress']."
              .formatted(row.path("direction").asText()));
    }
    var prefix = row.path("remote_ip_prefix");
    var cidr = Cidr.of(prefix.asText(""));
    if (prefix.isTextual() && cidr.isEmpty()) {
      throw Body.bad(
          "Invalid input for remote_ip_prefix. Reason: '%s' is not a valid CIDR."
              .formatted(prefix.asText()));
    }
    if (cidr.isPresent()
        && cidr.get().first().v6() != row.path("ethertype").asText().equals("IPv6")) {
      throw Refused.neutron(
          400,
          "SecurityGroupRuleParameterConflict",
          "Conflicting value ethertype %s for CIDR %s"
              .formatted(row.path("ethertype").asText(), prefix.asText()));
    }
    row.put("normalized_cidr", cidr.map(Cidr::toString).orElse(null));
    if (row.path("port_range_min").asInt() > row.path("port_range_max").asInt()) {
      throw Refused.neutron(
          400,
          "SecurityGroupInvalidPortRange",
          "For TCP/UDP protocols, port_range_min must be <= port_range_max");
    }
    same(row)
        .ifPresent(other -> {
          throw Refused.neutron(
              409,
              "SecurityGroupRuleExists",
              "Security group rule already exists. Rule id is %s.".formatted(Row.id(other)));
        });
  }

  private Optional<ObjectNode> same(ObjectNode row) {
    return of(row.path("security_group_id").asText()).stream()
        .filter(other -> CONTENT.stream().allMatch(name -> other.path(name).equals(row.path(name))))
        .findFirst();
  }

  List<ObjectNode> of(String group) {
    return all().stream()
        .filter(row -> row.path("security_group_id").asText().equals(group))
        .toList();
  }

  @Override
  void delete(Caller caller, ObjectNode row) {
    remove(Row.id(row));
  }
}
