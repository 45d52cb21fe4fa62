// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.openstack.http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What only the simulation can do: what tests want of a cloud, and the ovn driver.
final class SimulatedControlsTest extends Contract {
  private static final String OVN =
      "'provider': 'ovn', 'listeners': [{'name': 'l', 'protocol': 'TCP', 'protocol_port': 80,"
          + " 'default_pool': {'name': 'p', 'protocol': 'TCP', 'lb_algorithm':"
          + " 'SOURCE_IP_PORT'}}],";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-01T12:00:00Z"));
  @AutoClose private final SimulatedOpenStack openStack = SimulatedOpenStack.start(0, now::get);

  /// Everything goes with its cloud.
  @Override
  void cleanUp() {}

  @Override
  OpenStackSeed seed() {
    return openStack.seed();
  }

  private String state(String balancer) {
    return row("/loadbalancers/" + balancer).path("provisioning_status").asText();
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  @Test
  void changesTakeTheTimeThatTheyAreGiven() {
    openStack.delay(Duration.ofSeconds(60));
    var made = id(posted(""));

    pass(Duration.ofSeconds(59));
    assertThat(state(made)).isEqualTo("PENDING_CREATE");
    pass(Duration.ofSeconds(1));

    assertThat(state(made)).isEqualTo("ACTIVE");
    assertThat(row("/loadbalancers/" + made).path("operating_status").asText()).isEqualTo("ONLINE");
  }

  @Test
  void aHeldLoadBalancerStaysPending() {
    var made = id(balancer(""));
    openStack.hold(made);
    var _ = octavia("PUT", "/loadbalancers/" + made, "{'loadbalancer': {'name': 'x'}}");

    pass(Duration.ofMinutes(50));
    assertThat(state(made)).isEqualTo("PENDING_UPDATE");
    openStack.release(made);

    assertThat(state(made)).isEqualTo("ACTIVE");
  }

  @Test
  void statesCanBeSet() {
    var made = id(balancer(""));

    openStack.setStatus(made, "ERROR", "OFFLINE");

    assertThat(state(made)).isEqualTo("ERROR");
    pass(Duration.ofMinutes(50));
    assertThat(state(made)).isEqualTo("ERROR");
    assertThat(octavia("DELETE", "/loadbalancers/" + made).status()).isEqualTo(204);
  }

  @Test
  void theNextCreationCanFail() {
    openStack.octavia(controls -> controls.failNext(1));

    assertThat(state(id(posted("")))).isEqualTo("ERROR");
    assertThat(state(id(posted("")))).isEqualTo("ACTIVE");
  }

  @Test
  void loadBalancersOfOthersAreSeenByNobodyElse() {
    var made = id(balancer("'name': 'theirs',"));

    openStack.makeForeign(made);

    assertThat(octavia("GET", "/loadbalancers/" + made).status()).isEqualTo(403);
    assertThat(octavia("GET", "/loadbalancers").json().path("loadbalancers")).isEmpty();
  }

  @Test
  void plantedLoadBalancersAreActiveAtOnce() {
    openStack.delay(Duration.ofDays(1));

    var planted =
        openStack.putBalancer(
            json(
                "{'name': 'kube_service_kubernetes_ns_svc', 'vip_subnet_id': '%s',"
                    + " 'tags': ['kube_service_kubernetes_ns_svc']}",
                seed().privateSubnet()));

    assertThat(state(planted)).isEqualTo("ACTIVE");
  }

  @Test
  void tokensEnd() {
    openStack.tokenLifetime(Duration.ofSeconds(30));
    var brief = Tenant.of(seed(), "demo");

    assertThat(brief.octavia("GET", "/loadbalancers").status()).isEqualTo(200);
    pass(Duration.ofSeconds(30));

    assertThat(brief.octavia("GET", "/loadbalancers").status()).isEqualTo(401);
    assertThat(tenant().neutron("GET", "/floatingips").status()).isEqualTo(200);
    openStack.revokeTokens();
    assertThat(tenant().neutron("GET", "/floatingips").status()).isEqualTo(401);
  }

  @Test
  void pagesCanBeSmall() {
    openStack.pageSize(2);
    for (int i = 0; i < 3; i++) {
      posted("");
    }

    var page = octavia("GET", "/loadbalancers").json();

    assertThat(page.path("loadbalancers").size()).isEqualTo(2);
    assertThat(page.at("/loadbalancers_links/0/rel").asText()).isEqualTo("next");
  }

  @Test
  void nodesHavePortsWithAddresses() {
    var port = openStack.putNode("node-1");

    var row = Tenant.row(neutron("GET", "/ports/" + port), "port");

    assertThat(row.path("name").asText()).isEqualTo("node-1");
    assertThat(row.at("/fixed_ips/0/ip_address").asText()).startsWith("10.0.");
  }

  @Test
  void quotasOfBothServicesCanBeSet() {
    openStack.setQuota("loadbalancer", 0);
    openStack.setQuota("floatingip", 0);

    refused(post(""), 403, "Quota has been met for resources: Load Balancer");
    refused(postFloatingIp(""), 409, "Quota exceeded for resources: ['floatingip'].");
  }

  @Test
  void ovnServesWhatItCan() {
    var made = balancer(OVN);

    assertThat(made.path("provider").asText()).isEqualTo("ovn");
    var port = neutron("GET", "/ports/" + made.path("vip_port_id").asText());
    assertThat(port.json().at("/port/device_owner").asText()).isEqualTo("ovn-lb:vip");
    refused(
        admin().octavia("PUT", "/loadbalancers/" + id(made) + "/failover"),
        501,
        "OVN provider does not support loadbalancer failover");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'protocol': 'HTTP'                 | OVN provider does not support HTTP protocol
          'allowed_cidrs': ['10.0.0.0/8']    | OVN provider does not support allowed_cidrs option
          """)
  void ovnRefusesListeners(String attribute, String why) {
    refused(
        post(
            "'provider': 'ovn', 'listeners': [{'protocol': 'TCP', 'protocol_port': 80, %s}],"
                .formatted(attribute)),
        why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          'lb_algorithm': 'ROUND_ROBIN'      | OVN provider does not support ROUND_ROBIN algorithm
          'healthmonitor': {'type': 'HTTP', 'delay': 5, 'timeout': 3, 'max_retries': 1} | OVN provider does not support HTTP health monitor type.
          'members': [{'address': '10.0.0.1', 'protocol_port': 1, 'monitor_port': 2}] | OVN Load Balancer does not support different member monitor address or port.
          'members': [{'address': '192.0.2.1', 'protocol_port': 1}] | Subnet is required
          """)
  void ovnRefusesPools(String attribute, String why) {
    refused(post(OVN.replace("'SOURCE_IP_PORT'", "'SOURCE_IP_PORT', " + attribute)), why);
  }

  @Test
  void ovnStumblesOverAffinityUnlessItIsToldThatThePoolIsUp() {
    var _ = balancer(OVN);
    var pool = octavia("GET", "/pools").json().at("/pools/0/id").asText();
    var cookie = "{'pool': {'session_persistence': {'type': 'HTTP_COOKIE'}}}";
    var affinity = "{'pool': {'session_persistence': {'type': 'SOURCE_IP'}}}";

    refused(
        octavia("PUT", "/pools/" + pool, cookie),
        500,
        "Provider 'ovn' reports error: 'dict' object has no attribute 'type'");
    assertThat(octavia("PUT", "/pools/" + pool, affinity).status()).isEqualTo(200);
    assertThat(status(pool)).isEqualTo("ERROR");

    var whole = affinity.replace("{'session", "{'admin_state_up': true, 'session");
    assertThat(octavia("PUT", "/pools/" + pool, whole).status()).isEqualTo(200);
    assertThat(status(pool)).isEqualTo("ACTIVE");
  }

  private String status(String pool) {
    return octavia("GET", "/pools/" + pool).json().at("/pool/provisioning_status").asText();
  }

  private static void refused(Answer answer, String why) {
    refused(answer, 501, "Provider 'ovn' does not support a requested option: " + why);
  }

  @Test
  void aThousandLoadBalancersWithAHundredMembersFit() {
    var members = new StringBuilder();
    for (int i = 1; i <= 100; i++) {
      members
          .append(i > 1 ? "," : "")
          .append(
              "{'address': '10.0.1.%d', 'protocol_port': 30080, 'name': 'n%d'}".formatted(i, i));
    }
    JsonNode wanted =
        json(
            "{'vip_subnet_id': '%s', 'listeners': [{'protocol': 'TCP', 'protocol_port': 80,"
                + " 'default_pool': {'name': 'p', 'protocol': 'TCP', 'lb_algorithm':"
                + " 'ROUND_ROBIN', 'members': [%s]}}]}",
            seed().privateSubnet(), members);
    var before = used();

    var planted = IntStream.range(0, 1_000).mapToObj(_ -> openStack.putBalancer(wanted)).toList();

    assertThat(used() - before).isLessThan(150_000_000);
    assertThat(octavia("GET", "/loadbalancers").json().path("loadbalancers").size())
        .isEqualTo(planted.size());
  }

  private static long used() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
