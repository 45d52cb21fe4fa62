// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Listeners, pools and monitors of a load balancer that is there.
abstract class ChildContract extends Contract {
  private JsonNode listener(JsonNode made) {
    return row("/listeners/" + id(made.at("/listeners/0")));
  }

  private JsonNode changed(JsonNode made, String path, String body) {
    var answer = octavia("PUT", path, body);
    assertThat(answer.status()).as("%s %s", body, answer.body()).isEqualTo(200);
    active(id(made));
    return row(path);
  }

  @Test
  void childrenCanBeAddedOneByOne() {
    var made = balancer("");
    var balancer = id(made);

    var listener =
        Tenant.row(
            octavia(
                "POST",
                "/listeners",
                "{'listener': {'loadbalancer_id': '%s', 'protocol': 'TCP', 'protocol_port': 80}}",
                balancer),
            "listener");
    active(balancer);
    var pool =
        Tenant.row(
            octavia(
                "POST",
                "/pools",
                "{'pool': {'listener_id': '%s', 'protocol': 'TCP', 'lb_algorithm': 'SOURCE_IP'}}",
                id(listener)),
            "pool");
    active(balancer);
    var monitor =
        Tenant.row(
            octavia(
                "POST",
                "/healthmonitors",
                "{'healthmonitor': {'pool_id': '%s', 'type': 'TCP', 'delay': 5, 'timeout': 3,"
                    + " 'max_retries': 2}}",
                id(pool)),
            "healthmonitor");
    active(balancer);

    assertThat(listener.path("provisioning_status").asText()).isEqualTo("PENDING_CREATE");
    assertThat(row("/listeners/" + id(listener)).path("default_pool_id")).isEqualTo(pool.get("id"));
    assertThat(row("/pools/" + id(pool)).path("healthmonitor_id")).isEqualTo(monitor.get("id"));
    assertThat(row("/healthmonitors/" + id(monitor)).path("url_path").isNull()).isTrue();
  }

  @Test
  void onlyAWholeLoadBalancerBringsChildrenAlong() {
    var made = balancer("");

    assertThat(
            octavia(
                    "POST",
                    "/listeners",
                    "{'listener': {'loadbalancer_id': '%s', 'protocol': 'TCP', 'protocol_port': 80,"
                        + " 'default_pool': {'name': 'p', 'protocol': 'TCP', 'lb_algorithm':"
                        + " 'ROUND_ROBIN'}}}",
                    id(made))
                .status())
        .isEqualTo(500);
    assertThat(
            octavia(
                    "POST",
                    "/pools",
                    "{'pool': {'loadbalancer_id': '%s', 'protocol': 'TCP', 'lb_algorithm':"
                        + " 'ROUND_ROBIN', 'members': [{'address': '10.0.0.1', 'protocol_port':"
                        + " 1}]}}",
                    id(made))
                .status())
        .isEqualTo(500);
    assertThat(row("/loadbalancers/" + id(made)).path("provisioning_status").asText())
        .isEqualTo("ACTIVE");
  }

  @Test
  void aListenerTakesAnotherPoolInOneChange() {
    var made = oneListener();
    var path = "/listeners/" + id(made.at("/listeners/0"));
    var pool =
        Tenant.row(
            octavia(
                "POST",
                "/pools",
                "{'pool': {'loadbalancer_id': '%s', 'protocol': 'PROXY', 'lb_algorithm':"
                    + " 'ROUND_ROBIN'}}",
                id(made)),
            "pool");
    active(id(made));

    var changed = changed(made, path, "{'listener': {'default_pool_id': '" + id(pool) + "'}}");

    assertThat(changed.path("default_pool_id")).isEqualTo(pool.get("id"));
    assertThat(row("/pools/" + id(made.at("/pools/0"))).path("listeners")).isEmpty();
    assertThat(
            changed(made, path, "{'listener': {'default_pool_id': null}}")
                .path("default_pool_id")
                .isNull())
        .isTrue();
  }

  @Test
  void deletedPoolsLeaveTheirListenersAndDeletedListenersTheirPools() {
    var made = oneListener();
    var listener = "/listeners/" + id(made.at("/listeners/0"));
    var pool = "/pools/" + id(made.at("/pools/0"));

    assertThat(octavia("DELETE", pool).status()).isEqualTo(204);
    active(id(made));
    assertThat(octavia("GET", pool).status()).isEqualTo(404);
    assertThat(row(listener).path("default_pool_id").isNull()).isTrue();
    assertThat(octavia("DELETE", listener).status()).isEqualTo(204);
    active(id(made));
    assertThat(octavia("GET", listener).status()).isEqualTo(404);
    refused(octavia("GET", listener), 404, "not found.");
  }

  @Test
  void aChangeOfAListenerTouchesOnlyWhatItNames() {
    var made = oneListener();
    var path = "/listeners/" + id(made.at("/listeners/0"));
    var before = row(path);

    var after =
        changed(
            made,
            path,
            "{'listener': {'timeout_client_data': 1000, 'connection_limit': 7,"
                + " 'allowed_cidrs': ['10.0.0.1'], 'tags': ['a']}}");

    assertThat(after.path("timeout_client_data").asInt()).isEqualTo(1000);
    assertThat(after.path("connection_limit").asInt()).isEqualTo(7);
    assertThat(after.at("/allowed_cidrs/0").asText()).isEqualTo("10.0.0.1/32");
    assertThat(after.path("name")).isEqualTo(before.path("name"));
    assertThat(after.path("default_pool_id")).isEqualTo(before.path("default_pool_id"));
    assertThat(after.path("timeout_member_data")).isEqualTo(before.path("timeout_member_data"));
  }

  @Test
  void nullBringsDefaultsOfAListenerBack() {
    var made = oneListener();
    var path = "/listeners/" + id(made.at("/listeners/0"));
    changed(
        made,
        path,
        "{'listener': {'timeout_client_data': 1000, 'connection_limit': 7,"
            + " 'allowed_cidrs': ['10.0.0.1']}}");

    var after =
        changed(
            made,
            path,
            "{'listener': {'timeout_client_data': null, 'connection_limit': null,"
                + " 'allowed_cidrs': []}}");

    assertThat(after.path("timeout_client_data").asInt()).isEqualTo(50_000);
    assertThat(after.path("connection_limit").asInt()).isEqualTo(-1);
    assertThat(after.path("allowed_cidrs").isNull()).isTrue();
  }

  @Test
  void aPoolChangesItsAlgorithmAndPersistence() {
    var made = oneListener();
    var path = "/pools/" + id(made.at("/pools/0"));

    var sticky =
        changed(
            made,
            path,
            "{'pool': {'lb_algorithm': 'LEAST_CONNECTIONS', 'session_persistence': {'type':"
                + " 'SOURCE_IP'}}}");

    assertThat(sticky.path("lb_algorithm").asText()).isEqualTo("LEAST_CONNECTIONS");
    assertThat(sticky.path("session_persistence"))
        .isEqualTo(
            json(
                "{'type': 'SOURCE_IP', 'cookie_name': null, 'persistence_timeout': null,"
                    + " 'persistence_granularity': null}"));
    assertThat(
            changed(made, path, "{'pool': {'session_persistence': {}}}")
                .path("session_persistence"))
        .isEqualTo(sticky.path("session_persistence"));
    assertThat(
            changed(made, path, "{'pool': {'session_persistence': null}}")
                .path("session_persistence")
                .isNull())
        .isTrue();
  }

  @Test
  void aMonitorChangesItsNumbers() {
    var made =
        balancer(
            "'pools': [{'name': 'p', 'protocol': 'TCP', 'lb_algorithm': 'ROUND_ROBIN',"
                + " 'healthmonitor': {'type': 'TCP', 'delay': 5, 'timeout': 3, 'max_retries':"
                + " 1}}],");
    var pool = row("/pools/" + id(made.at("/pools/0")));
    var path = "/healthmonitors/" + pool.path("healthmonitor_id").asText();

    var after = changed(made, path, "{'healthmonitor': {'delay': 7, 'max_retries_down': 5}}");

    assertThat(after.path("delay").asInt()).isEqualTo(7);
    assertThat(after.path("max_retries_down").asInt()).isEqualTo(5);
    assertThat(after.path("timeout").asInt()).isEqualTo(3);
    refused(
        octavia(
            "POST",
            "/healthmonitors",
            "{'healthmonitor': {'pool_id': '%s', 'type': 'TCP', 'delay': 5, 'timeout': 3,"
                + " 'max_retries': 2}}",
            id(pool)),
        409,
        "This pool already has a health monitor");
    assertThat(octavia("DELETE", path).status()).isEqualTo(204);
    active(id(made));
    assertThat(row("/pools/" + id(pool)).has("healthmonitor_id")).isFalse();
  }

  @Test
  void oneNumberServesTwoProtocolsButNotOneTwice() {
    var made = oneListener();
    var body =
        "{'listener': {'loadbalancer_id': '"
            + id(made)
            + "', 'protocol': '%s', 'protocol_port': 80}}";

    for (var protocol : List.of("TCP", "HTTP")) {
      refused(
          octavia("POST", "/listeners", body, protocol),
          409,
          "Another Listener on this Load Balancer is already using protocol TCP and protocol_port"
              + " 80");
    }
    assertThat(octavia("POST", "/listeners", body, "UDP").status()).isEqualTo(201);
    active(id(made));
  }

  @Test
  void aChangeOfAChildMovesTheTimeOfItsLoadBalancer() {
    var made = oneListener();

    movesTheTime(
        id(made),
        () -> changed(made, "/listeners/" + id(listener(made)), "{'listener': {'name': 'other'}}"));
  }
}
