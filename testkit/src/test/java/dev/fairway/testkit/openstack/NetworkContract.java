// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Networks, ports and security groups.
abstract class NetworkContract extends Contract {
  private final List<String> made = new ArrayList<>();

  @AfterEach
  void remove() {
    made.reversed().forEach(path -> neutron("DELETE", path));
  }

  private JsonNode make(String collection, String name, String body, Object... values) {
    var row = Tenant.row(neutron("POST", "/" + collection, body, values), name);
    made.add("/" + collection + "/" + id(row));
    return row;
  }

  private JsonNode port() {
    return make(
        "ports",
        "port",
        "{'port': {'name': 'node', 'network_id': '%s', 'fixed_ips': [{'subnet_id': '%s'}]}}",
        seed().privateNetwork(),
        seed().privateSubnet());
  }

  private JsonNode group() {
    return make("security-groups", "security_group", "{'security_group': {'name': 'g'}}");
  }

  @Test
  void tenantsFindTheExternalNetworkAndItsSubnets() {
    var networks = neutron("GET", "/networks?router:external=true").json().path("networks");
    assertThat(networks.findValuesAsText("id")).contains(seed().publicNetwork());
    assertThat(networks.at("/0/subnets").size()).isGreaterThanOrEqualTo(2);
    var subnets = neutron("GET", "/subnets?network_id=" + seed().publicNetwork()).json();
    assertThat(subnets.path("subnets").findValuesAsText("id"))
        .contains(seed().publicSubnet(), seed().smallSubnet());
    var tagged = neutron("GET", "/subnets?tags=small&fields=id").json();
    assertThat(tagged.path("subnets")).containsExactly(json("{'id': '%s'}", seed().smallSubnet()));
  }

  @Test
  void portsAreFoundByTheirAddress() {
    var port = port();
    var address = port.at("/fixed_ips/0/ip_address").asText();

    var found =
        neutron(
                "GET",
                "/ports?network_id=%s&fixed_ips=ip_address=%s"
                    .formatted(seed().privateNetwork(), address))
            .json();

    assertThat(found.path("ports").findValuesAsText("name")).containsExactly("node");
  }

  @Test
  void aStaleRevisionIsRefused() {
    var port = port();
    var group = id(group());
    var path = "/ports/" + id(port);
    var body = "{\"port\": {\"security_groups\": [%s]}}";
    var revision = "revision_number=" + port.path("revision_number").asText();

    var first =
        tenant().neutron("PUT", path, body.formatted('"' + group + '"'), "if-match", revision);
    var same =
        tenant().neutron("PUT", path, body.formatted('"' + group + '"'), "if-match", revision);
    var second = tenant().neutron("PUT", path, body.formatted(""), "if-match", revision);

    assertThat(first.json().at("/port/security_groups/0").asText()).isEqualTo(group);
    // Nothing to change, nothing to refuse.
    assertThat(same.json().at("/port/revision_number"))
        .isEqualTo(first.json().at("/port/revision_number"));
    refused(second, 412, "RevisionNumberConstraintFailed");
  }

  @Test
  void aGroupInUseStays() {
    var group = group();
    var port = port();
    var set =
        neutron("PUT", "/ports/" + id(port), "{'port': {'security_groups': ['%s']}}", id(group));
    assertThat(set.status()).isEqualTo(200);

    var answer = neutron("DELETE", "/security-groups/" + id(group));
    var _ = neutron("PUT", "/ports/" + id(port), "{'port': {'security_groups': []}}");

    refused(answer, 409, "SecurityGroupInUse");
  }

  @Test
  void theSameRuleTwiceIsAConflict() {
    var group = id(group());
    var rule =
        "{'security_group_rule': {'security_group_id': '"
            + group
            + "', 'direction': 'ingress', 'protocol': 'tcp', 'port_range_min': 30000,"
            + " 'port_range_max': 32767, 'remote_ip_prefix': '10.1.2.3/8'}}";

    var first = Tenant.row(neutron("POST", "/security-group-rules", rule), "security_group_rule");
    var second = neutron("POST", "/security-group-rules", rule);

    assertThat(first.path("remote_ip_prefix").asText()).isEqualTo("10.1.2.3/8");
    assertThat(first.path("normalized_cidr").asText()).isEqualTo("10.0.0.0/8");
    assertThat(first.path("ethertype").asText()).isEqualTo("IPv4");
    refused(second, 409, "SecurityGroupRuleExists");
    var shown = Tenant.row(neutron("GET", "/security-groups/" + group), "security_group");
    assertThat(shown.path("security_group_rules").findValuesAsText("direction"))
        .containsExactlyInAnyOrder("egress", "egress", "ingress");
    assertThat(neutron("DELETE", "/security-group-rules/" + id(first)).status()).isEqualTo(204);
  }

  @Test
  void rulesComeInBulk() {
    var group = id(group());
    var rule =
        "{'security_group_id': '"
            + group
            + "', 'direction': 'ingress', 'protocol': 'tcp', 'port_range_min': %d,"
            + " 'port_range_max': %d}";

    var answer =
        neutron(
            "POST",
            "/security-group-rules",
            "{'security_group_rules': [" + rule + "," + rule + "]}",
            1,
            1,
            2,
            2);

    assertThat(answer.status()).isEqualTo(201);
    var listed =
        neutron("GET", "/security-group-rules?direction=ingress&security_group_id=" + group);
    assertThat(listed.json().path("security_group_rules").size()).isEqualTo(2);
  }

  @Test
  void unknownAttributesAreRefused() {
    refused(
        neutron("POST", "/security-groups", "{'security_group': {'name': 'g', 'colour': 'red'}}"),
        400,
        "Unrecognized attribute(s) 'colour'");
    refused(
        neutron("POST", "/security-groups", "{'security_group': {'name': 'g', 'tags': ['t']}}"),
        400,
        "Attribute 'tags' not allowed in POST");
  }

  @Test
  void othersDoNotSeeWhatIsPrivate() {
    var port = port();
    var other = Tenant.of(seed(), "other");

    assertThat(other.neutron("GET", "/ports/" + id(port)).status()).isEqualTo(404);
    assertThat(other.neutron("GET", "/ports?name=node").json().path("ports")).isEmpty();
    assertThat(other.neutron("GET", "/networks/" + seed().privateNetwork()).status())
        .isEqualTo(404);
  }
}
