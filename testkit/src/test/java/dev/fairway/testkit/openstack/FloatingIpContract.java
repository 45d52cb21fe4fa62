// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Floating IPs of load balancers.
abstract class FloatingIpContract extends Contract {
  private JsonNode get(JsonNode floatingIp) {
    return Tenant.row(neutron("GET", "/floatingips/" + id(floatingIp)), "floatingip");
  }

  private JsonNode put(JsonNode floatingIp, String body, Object... values) {
    return Tenant.row(neutron("PUT", "/floatingips/" + id(floatingIp), body, values), "floatingip");
  }

  @AfterEach
  void unlimited() {
    var _ = admin().neutron("DELETE", "/quotas/" + seed().project());
  }

  @Test
  void aPendingLoadBalancerGetsItsFloatingIpInOneCall() {
    var port = posted("").path("vip_port_id").asText();

    var made = floatingIp("'description': 'fairway ns/name', 'port_id': '%s',", port);

    assertThat(made.path("port_id").asText()).isEqualTo(port);
    assertThat(made.path("status").asText()).isEqualTo("DOWN");
    assertThat(made.path("description").asText()).isEqualTo("fairway ns/name");
    assertThat(made.path("floating_network_id").asText()).isEqualTo(seed().publicNetwork());
    assertThat(made.path("router_id").asText()).isEqualTo(seed().router());
    assertThat(made.path("fixed_ip_address").asText()).isNotBlank();
    assertThat(made.path("created_at").asText()).endsWith("Z");
    assertThat(made.path("tags").isArray()).isTrue();
    var listed = neutron("GET", "/floatingips?port_id=" + port).json();
    assertThat(listed.at("/floatingips/0/id")).isEqualTo(made.path("id"));
  }

  @Test
  void itOutlivesItsLoadBalancer() {
    var balancer = balancer("");
    var made = floatingIp("'port_id': '%s',", balancer.path("vip_port_id").asText());

    assertThat(octavia("DELETE", "/loadbalancers/" + id(balancer) + "?cascade=true").status())
        .isEqualTo(204);
    gone(id(balancer));

    var left = get(made);
    assertThat(left.path("port_id").isNull()).isTrue();
    assertThat(left.path("fixed_ip_address").isNull()).isTrue();
    assertThat(left.path("router_id").isNull()).isTrue();
    assertThat(left.path("floating_ip_address")).isEqualTo(made.path("floating_ip_address"));
  }

  @Test
  void itMovesByPut() {
    var first = posted("").path("vip_port_id").asText();
    var second = posted("").path("vip_port_id").asText();
    var made = floatingIp("'port_id': '%s', 'description': 'd',", first);

    assertThat(put(made, "{'floatingip': {'port_id': null}}").path("port_id").isNull()).isTrue();
    var moved = put(made, "{'floatingip': {'port_id': '%s'}}", second);

    assertThat(moved.path("port_id").asText()).isEqualTo(second);
    assertThat(moved.path("description").asText()).isEqualTo("d");
    assertThat(moved.path("revision_number").asInt())
        .isGreaterThan(made.path("revision_number").asInt());
    assertThat(put(made, "{'floatingip': {'description': 'e'}}").path("port_id").asText())
        .isEqualTo(second);
  }

  @Test
  void oneVipHasOneFloatingIp() {
    var port = posted("").path("vip_port_id").asText();
    floatingIp("'port_id': '%s',", port);

    var answer = postFloatingIp("'port_id': '%s',", port);

    refused(answer, 409, "FloatingIPPortAlreadyAssociated");
  }

  @Test
  void tagsNeedACallOfTheirOwn() {
    var made = floatingIp("");

    refused(postFloatingIp("'tags': ['t'],"), 400, "Attribute 'tags' not allowed in POST");
    assertThat(neutron("PUT", "/floatingips/" + id(made) + "/tags", "{'tags': ['t']}").status())
        .isEqualTo(200);
    assertThat(get(made).at("/tags/0").asText()).isEqualTo("t");
  }

  @Test
  void descriptionsSelect() {
    var made = floatingIp("'description': 'only %s',", seed().router());
    floatingIp("");

    var found =
        neutron("GET", "/floatingips?fields=id&description=only%20" + seed().router()).json();

    assertThat(found.path("floatingips")).containsExactly(json("{'id': '%s'}", id(made)));
    refused(neutron("GET", "/floatingips?colour=red"), 400, "is invalid attribute for filtering");
  }

  @Test
  void pagesKeepTheFilter() {
    floatingIp("'description': 'paged',");
    floatingIp("'description': 'paged',");

    var page = neutron("GET", "/floatingips?description=paged&limit=1").json();

    assertThat(page.path("floatingips").size()).isEqualTo(1);
    assertThat(page.at("/floatingips_links/0/rel").asText()).isEqualTo("next");
    assertThat(page.at("/floatingips_links/0/href").asText()).contains("description=paged");
    var marker = id(page.at("/floatingips/0"));
    var next = neutron("GET", "/floatingips?description=paged&limit=1&marker=" + marker).json();
    assertThat(id(next.at("/floatingips/0"))).isNotEqualTo(marker).isNotBlank();
  }

  @Test
  void aSubnetThatIsFullHasNoMoreAddresses() {
    var small = "'subnet_id': '" + seed().smallSubnet() + "',";
    var made = new ArrayList<JsonNode>();
    var answer = postFloatingIp(small);
    for (int i = 0; i < 10 && answer.ok(); i++) {
      made.add(answer.json().path("floatingip"));
      answer = postFloatingIp(small);
    }
    made.forEach(one -> neutron("DELETE", "/floatingips/" + id(one)));

    assertThat(made).as("%s", answer.body()).isNotEmpty();
    refused(answer, 409, "IpAddressGenerationFailure");
    refused(
        answer, 409, "No more IP addresses available on network " + seed().publicNetwork() + ".");
  }

  @Test
  void overTheQuotaIsAConflict() {
    var set =
        admin().neutron("PUT", "/quotas/" + seed().project(), "{\"quota\": {\"floatingip\": 0}}");
    assertThat(set.status()).isEqualTo(200);

    var answer = postFloatingIp("");

    refused(answer, 409, "OverQuota");
    refused(answer, 409, "Quota exceeded for resources: ['floatingip'].");
  }

  @Test
  void tenantsDoNotChooseTheAddress() {
    refused(postFloatingIp("'floating_ip_address': '198.18.0.99',"), 403, "PolicyNotAuthorized");
  }

  @Test
  void unknownThingsAreNotFound() {
    var unknown = "00000000-0000-4000-8000-000000000000";

    refused(postFloatingIp("'port_id': '%s',", unknown), 404, "PortNotFound");
    refused(
        neutron("POST", "/floatingips", "{'floatingip': {'floating_network_id': '%s'}}", unknown),
        404,
        "NetworkNotFound");
    refused(neutron("DELETE", "/floatingips/" + unknown), 404, "FloatingIPNotFound");
    refused(neutron("GET", "/ports/" + unknown), 404, "PortNotFound");
  }

  @Test
  void itComesFromAnExternalNetworkOnly() {
    refused(
        neutron(
            "POST",
            "/floatingips",
            "{'floatingip': {'floating_network_id': '%s'}}",
            seed().privateNetwork()),
        400,
        "Bad floatingip request: Network "
            + seed().privateNetwork()
            + " is not a valid external network.");
  }
}
