// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.cloud.model.Cidr;
import dev.fairway.cloud.model.ClusterId;
import dev.fairway.cloud.model.LoadBalancerKey;
import dev.fairway.openstack.cloud.connect.Call;
import dev.fairway.openstack.cloud.connect.CallFailed;
import dev.fairway.openstack.cloud.connect.Lane;
import dev.fairway.openstack.cloud.connect.OpenStackApi;
import dev.fairway.openstack.cloud.connect.Operation;
import dev.fairway.openstack.model.AccessMark;
import dev.fairway.openstack.model.NodeAccess.Grant;
import dev.fairway.openstack.spec.AccessRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The security group of the cluster (Networking API v2.0).
final class SecurityGroups {
  private static final String GROUPS = "/security-groups";
  private static final String RULES = "/security-group-rules";
  private static final String IN_USE = "SecurityGroupInUse";
  private static final Duration AGAIN = Duration.ofSeconds(10);

  private final OpenStackApi api;
  private final ClusterId cluster;

  SecurityGroups(OpenStackApi api, ClusterId cluster) {
    this.api = api;
    this.cluster = cluster;
  }

  /// The group and what it lets in.
  ///
  /// @param outward ids of its rules for what nodes send
  record Group(String id, List<Rule> rules, List<String> outward) {
    Group {
      rules = List.copyOf(rules);
      outward = List.copyOf(outward);
    }

    Group with(Collection<Rule> more) {
      var all = new ArrayList<>(rules);
      all.addAll(more);
      return new Group(id, all, outward);
    }

    Group without(String rule) {
      return new Group(
          id,
          rules.stream().filter(one -> !one.id().equals(rule)).toList(),
          outward.stream().filter(one -> !one.equals(rule)).toList());
    }
  }

  record Rule(String id, Grant grant) {}

  Optional<Group> find(Lane lane) {
    var call =
        Call.of(Operation.LIST_SECURITY_GROUPS, GROUPS)
            .in(lane)
            .with("fields", "id")
            .with("fields", "description")
            .with("fields", "security_group_rules");
    // By its mark: names are for people, who may change them. Of two, all processes take the same.
    return api.list(call, "security_groups").stream()
        .filter(node ->
            AccessMark.read(Json.textOr(node, "description", ""))
                .equals(Optional.of(mark(Optional.empty()))))
        .map(this::group)
        .min(Comparator.comparing(Group::id));
  }

  Group create() {
    var body = Json.object();
    body.put("name", "fairway-" + cluster);
    body.put("description", mark(Optional.empty()).ofGroup());
    var answer =
        api.post(
            Call.of(Operation.CREATE_SECURITY_GROUP, GROUPS), Json.wrapped("security_group", body));
    return group(answer.path("security_group"));
  }

  /// All in one call.
  List<Rule> add(String group, Collection<Grant> grants) {
    var body = Json.object();
    body.set("security_group_rules", Json.array(grants.stream().map(grant -> body(group, grant))));
    var answer = api.post(Call.of(Operation.CREATE_SECURITY_GROUP_RULE, RULES), body);
    return Json.stream(answer.path("security_group_rules")).flatMap(this::rule).toList();
  }

  private ObjectNode body(String group, Grant grant) {
    var rule = grant.rule();
    var body = Json.object();
    body.put("security_group_id", group);
    body.put("direction", "ingress");
    body.put("ethertype", rule.remoteCidr().contains(":") ? "IPv6" : "IPv4");
    body.put("protocol", rule.transport());
    body.put("port_range_min", rule.fromPort());
    body.put("port_range_max", rule.toPort());
    body.put("remote_ip_prefix", rule.remoteCidr());
    body.put("description", mark(grant.owner()).toString());
    return body;
  }

  void remove(String rule, Lane lane) {
    api.delete(Call.of(Operation.DELETE_SECURITY_GROUP_RULE, RULES + "/" + rule).in(lane));
  }

  /// @throws CloudException.NotReady while a port has it
  void delete(String group, Lane lane) {
    try {
      api.delete(Call.of(Operation.DELETE_SECURITY_GROUP, GROUPS + "/" + group).in(lane));
    } catch (CloudException.Conflict e) {
      if (CallFailed.of(e).filter(failed -> failed.kind().equals(IN_USE)).isPresent()) {
        throw new CloudException.NotReady(
            "security group %s is still in use".formatted(group), AGAIN);
      }
      throw e;
    }
  }

  private AccessMark mark(Optional<LoadBalancerKey> key) {
    return new AccessMark(cluster, key);
  }

  private Group group(JsonNode node) {
    var rules = node.path("security_group_rules");
    return new Group(
        node.path("id").asText(),
        Json.stream(rules).flatMap(this::rule).toList(),
        Json.stream(rules)
            .filter(rule -> rule.path("direction").asText().equals("egress"))
            .map(rule -> rule.path("id").asText())
            .toList());
  }

  // One without ports or transport was made by somebody else, and is nothing that we ask for.
  private Stream<Rule> rule(JsonNode node) {
    if (!node.path("direction").asText().equals("ingress")
        || Json.text(node, "protocol").isEmpty()
        || Json.integer(node, "port_range_min").isEmpty()) {
      return Stream.empty();
    }
    var rule =
        new AccessRule(
            node.path("protocol").asText(),
            node.path("port_range_min").asInt(),
            node.path("port_range_max").asInt(),
            remote(node));
    var owner =
        AccessMark.read(Json.textOr(node, "description", ""))
            .filter(mark -> mark.cluster().equals(cluster))
            .flatMap(AccessMark::key);
    return Stream.of(new Rule(node.path("id").asText(), new Grant(rule, owner)));
  }

  // Neutron keeps what it was sent, and says beside it what it makes of that.
  private static String remote(JsonNode node) {
    return Json.text(node, "normalized_cidr")
        .or(() -> Json.text(node, "remote_ip_prefix"))
        .flatMap(Cidr::parse)
        .map(Cidr::toString)
        .orElseGet(() ->
            Json.text(node, "remote_group_id")
                .orElse(node.path("ethertype").asText().equals("IPv6") ? "::/0" : "0.0.0.0/0"));
  }
}
