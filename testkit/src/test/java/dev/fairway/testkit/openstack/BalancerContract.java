// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Load balancers from their POST to their end.
abstract class BalancerContract extends Contract {
  private static final String GRAPH =
      """
      'name': 'whole', 'description': 'd', 'tags': ['fairway-service=ns/name', 'b:c'],
      'listeners': [
        {'name': 'l80', 'protocol': 'TCP', 'protocol_port': 80, 'tags': ['x'],
         'allowed_cidrs': ['10.1.2.3/8', '10.0.0.0/8', '192.0.2.1'],
         'default_pool': {
           'name': 'p80', 'protocol': 'TCP', 'lb_algorithm': 'ROUND_ROBIN',
           'session_persistence': {'type': 'SOURCE_IP'},
           'members': [{'address': '10.0.0.1', 'protocol_port': 30080, 'name': 'n1', 'weight': 0},
                       {'address': '10.0.0.2', 'protocol_port': 30080, 'monitor_port': 10256}],
           'healthmonitor': {'type': 'HTTP', 'delay': 5, 'timeout': 3, 'max_retries': 1,
                             'url_path': '/healthz', 'name': 'm80', 'tags': ['y']}}},
        {'name': 'l53', 'protocol': 'UDP', 'protocol_port': 80,
         'default_pool': {
           'name': 'p53', 'protocol': 'UDP', 'lb_algorithm': 'SOURCE_IP',
           'healthmonitor': {'type': 'UDP-CONNECT', 'delay': 5, 'timeout': 3, 'max_retries': 1}}}],
      """;

  @Test
  void onePostMakesTheWholeGraph() {
    var made = posted(GRAPH);

    assertThat(made.path("provisioning_status").asText()).isEqualTo("PENDING_CREATE");
    assertThat(made.path("vip_address").asText()).isNotBlank();
    assertThat(made.path("vip_port_id").asText()).isNotBlank();
    assertThat(made.path("vip_network_id").asText()).isEqualTo(seed().privateNetwork());
    assertThat(made.path("provider").asText()).isEqualTo("amphora");
    assertThat(made.path("project_id")).isEqualTo(made.path("tenant_id"));
    assertThat(made.at("/listeners/0/default_pool_id").asText()).isNotBlank();
    assertThat(made.path("pools").size()).isEqualTo(2);
    assertThat(made.path("pools").findValuesAsText("url_path")).contains("/healthz");
    active(id(made));
  }

  @Test
  void childrenAreAsTheyWereAskedFor() {
    var made = balancer(GRAPH);

    var listeners = octavia("GET", "/listeners?name=l80&loadbalancer_id=" + id(made)).json();
    var listener = listeners.at("/listeners/0");
    assertThat(listener.path("allowed_cidrs"))
        .extracting(cidr -> cidr.asText())
        .containsExactlyInAnyOrder("10.0.0.0/8", "192.0.2.1/32");
    assertThat(listener.path("timeout_client_data").asInt()).isEqualTo(50_000);
    assertThat(listener.path("timeout_member_connect").asInt()).isEqualTo(5_000);
    assertThat(listener.path("timeout_tcp_inspect").asInt()).isZero();
    assertThat(listener.path("connection_limit").asInt()).isEqualTo(-1);
    assertThat(listener.path("admin_state_up").asBoolean()).isTrue();
    assertThat(listener.path("insert_headers").isEmpty()).isTrue();
    var pool = row("/pools/" + listener.path("default_pool_id").asText());
    assertThat(pool.at("/session_persistence/type").asText()).isEqualTo("SOURCE_IP");
    assertThat(pool.at("/session_persistence").has("cookie_name")).isTrue();
    assertThat(pool.at("/listeners/0/id")).isEqualTo(listener.path("id"));
    assertThat(pool.at("/loadbalancers/0/id")).isEqualTo(made.path("id"));
    var monitor = row("/healthmonitors/" + pool.path("healthmonitor_id").asText());
    assertThat(monitor.path("max_retries_down").asInt()).isEqualTo(3);
    assertThat(monitor.path("expected_codes").asText()).isEqualTo("200");
    assertThat(monitor.path("http_method").asText()).isEqualTo("GET");
    assertThat(monitor.at("/pools/0/id")).isEqualTo(pool.path("id"));
    var members = octavia("GET", "/pools/" + id(pool) + "/members?name=n1").json();
    assertThat(members.at("/members/0/weight").asInt()).isZero();
    assertThat(members.at("/members/0/subnet_id").isNull()).isTrue();
    assertThat(members.path("members").size()).isEqualTo(1);
  }

  @Test
  void rowsNameTheirChildrenByIdOnly() {
    var made = oneListener();

    var row = row("/loadbalancers/" + id(made));

    assertThat(row.at("/listeners/0")).isEqualTo(json("{'id': '%s'}", id(made.at("/listeners/0"))));
    assertThat(row.at("/pools/0")).isEqualTo(json("{'id': '%s'}", id(made.at("/pools/0"))));
    var listed = octavia("GET", "/loadbalancers?vip_port_id=" + row.path("vip_port_id").asText());
    assertThat(listed.json().at("/loadbalancers/0")).isEqualTo(row);
  }

  @Test
  void theStatusTreeHoldsListenersPoolsMonitorsAndMembers() {
    var made = balancer(GRAPH);

    var top = row("/loadbalancers/" + id(made) + "/status").path("loadbalancer");

    assertThat(id(top)).isEqualTo(id(made));
    assertThat(top.path("provisioning_status").asText()).isEqualTo("ACTIVE");
    assertThat(top.path("listeners").size()).isEqualTo(2);
    var pools = top.path("listeners").findValues("pools");
    assertThat(pools).hasSize(2).allSatisfy(pool -> assertThat(pool.size()).isEqualTo(1));
    assertThat(top.findValues("health_monitor")).hasSize(2);
    assertThat(top.findValuesAsText("address")).contains("10.0.0.1", "10.0.0.2");
    assertThat(top.findValues("weight")).isEmpty();
  }

  @Test
  void nothingOfAPendingLoadBalancerChanges() {
    var made = posted("'listeners': [{'name': 'l', 'protocol': 'TCP', 'protocol_port': 80}],");
    var at = "/loadbalancers/" + id(made);

    refused(
        octavia("PUT", at, "{'loadbalancer': {'name': 'x'}}"),
        409,
        "Invalid state PENDING_CREATE of loadbalancer resource " + id(made));
    refused(
        octavia("DELETE", at + "?cascade=true"),
        409,
        "Invalid state PENDING_CREATE of loadbalancer resource " + id(made));
    refused(
        octavia("PUT", "/listeners/" + id(made.at("/listeners/0")), "{'listener': {'name': 'x'}}"),
        409,
        "Load Balancer " + id(made) + " is immutable and cannot be updated.");
  }

  @Test
  void aChangeGoesThroughPendingUpdateAndMovesTheTime() {
    var made = balancer("'name': 'old', 'description': 'kept',");
    var at = "/loadbalancers/" + id(made);

    var changed = octavia("PUT", at, "{'loadbalancer': {'name': 'new', 'tags': ['t']}}");

    var answer = Tenant.row(changed, "loadbalancer");
    assertThat(answer.path("provisioning_status").asText()).isEqualTo("PENDING_UPDATE");
    assertThat(answer.path("name").asText()).isEqualTo("new");
    active(id(made));
    var after = row(at);
    assertThat(after.path("description").asText()).isEqualTo("kept");
    assertThat(after.at("/tags/0").asText()).isEqualTo("t");
    assertThat(after.path("updated_at").asText()).doesNotContain("Z");
    movesTheTime(
        id(made),
        () -> {
          assertThat(octavia("PUT", at, "{'loadbalancer': {'name': 'x'}}").ok()).isTrue();
          active(id(made));
        });
  }

  @Test
  void aNewRowHasNoTimeOfChange() {
    assertThat(posted("").path("updated_at").isNull()).isTrue();
  }

  @Test
  void childrenGoOnlyWithCascade() {
    var made = oneListener();
    var at = "/loadbalancers/" + id(made);

    refused(
        octavia("DELETE", at),
        400,
        "Validation failure: Cannot delete Load Balancer " + id(made) + " - it has children");
    assertThat(octavia("DELETE", at + "?cascade=true").status()).isEqualTo(204);
    assertThat(row(at).path("provisioning_status").asText()).isEqualTo("PENDING_DELETE");

    gone(id(made));
    refused(octavia("GET", at), 404, "Load Balancer " + id(made) + " not found.");
    refused(
        octavia("PUT", at, "{'loadbalancer': {'name': 'x'}}"),
        404,
        "Load Balancer " + id(made) + " not found.");
    assertThat(octavia("GET", "/loadbalancers?name=" + id(made)).json().path("loadbalancers"))
        .isEmpty();
    assertThat(neutron("GET", "/ports/" + made.path("vip_port_id").asText()).status())
        .isEqualTo(404);
    assertThat(octavia("GET", "/listeners/" + id(made.at("/listeners/0"))).status()).isEqualTo(404);
  }

  @Test
  void aListenerForALoadBalancerThatIsGoneIsRefusedAsIfItWerePending() {
    var made = balancer("");
    var _ = octavia("DELETE", "/loadbalancers/" + id(made));
    gone(id(made));

    var answer =
        octavia(
            "POST",
            "/listeners",
            "{'listener': {'loadbalancer_id': '%s', 'protocol': 'TCP', 'protocol_port': 80}}",
            id(made));

    refused(answer, 409, "Load Balancer " + id(made) + " is immutable and cannot be updated.");
  }

  @Test
  void aMemberOfAnUnknownSubnetMakesItFail() {
    var made =
        posted(
            "'listeners': [{'protocol': 'TCP', 'protocol_port': 80, 'default_pool': {'name': 'p',"
                + " 'protocol': 'TCP', 'lb_algorithm': 'ROUND_ROBIN', 'members': [{'address':"
                + " '10.0.0.1', 'protocol_port': 1, 'subnet_id': '%s'}]}}],",
            seed().router());

    failed(id(made));

    var at = "/loadbalancers/" + id(made);
    refused(
        octavia("PUT", at, "{'loadbalancer': {'name': 'x'}}"),
        409,
        "Invalid state ERROR of loadbalancer resource " + id(made));
    assertThat(octavia("DELETE", at + "?cascade=true").status()).isEqualTo(204);
  }

  @Test
  void theAddressMayBeChosen() {
    var first = balancer("");
    var address = first.path("vip_address").asText();

    refused(post("'vip_address': '%s',", address), 409, "The VIP IP address is already in use: ");
    var _ = octavia("DELETE", "/loadbalancers/" + id(first));
    gone(id(first));
    var second = posted("'vip_address': '%s',", address);

    assertThat(second.path("vip_address").asText()).isEqualTo(address);
  }

  @Test
  void oneLoadBalancerMayHaveBothFamilies() {
    var made = posted("'additional_vips': [{'subnet_id': '%s'}],", seed().privateSubnet6());

    assertThat(made.path("vip_address").asText()).contains(".");
    assertThat(made.at("/additional_vips/0/ip_address").asText()).contains(":");
    assertThat(made.at("/additional_vips/0/subnet_id").asText()).isEqualTo(seed().privateSubnet6());
    assertThat(made.at("/additional_vips/0/port_id")).isEqualTo(made.path("vip_port_id"));
  }

  @Test
  void tenantsMayNotFailOver() {
    var made = balancer("");

    refused(
        octavia("PUT", "/loadbalancers/" + id(made) + "/failover"),
        403,
        "Policy does not allow this request to be performed.");
    assertThat(admin().octavia("PUT", "/loadbalancers/" + id(made) + "/failover").status())
        .isEqualTo(202);
    active(id(made));
  }

  @Test
  void whatBelongsToOthersIsForbiddenAndNotListed() {
    var made = balancer("'name': 'mine',");
    var other = Tenant.of(seed(), "other");

    refused(
        other.octavia("GET", "/loadbalancers/" + id(made)),
        403,
        "Policy does not allow this request to be performed.");
    assertThat(other.octavia("DELETE", "/loadbalancers/" + id(made)).status()).isEqualTo(403);
    assertThat(other.octavia("GET", "/loadbalancers?name=mine").json().path("loadbalancers"))
        .isEmpty();
  }
}
