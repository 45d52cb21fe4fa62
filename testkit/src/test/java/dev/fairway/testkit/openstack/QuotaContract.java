// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Quotas of the load balancer service.
abstract class QuotaContract extends Contract {
  private static final String GRAPH =
      "'listeners': [{'protocol': 'TCP', 'protocol_port': 80, 'default_pool': {'name': 'p',"
          + " 'protocol': 'TCP', 'lb_algorithm': 'ROUND_ROBIN', 'members': [{'address': '10.0.0.1',"
          + " 'protocol_port': 1}], 'healthmonitor': {'type': 'TCP', 'delay': 5, 'timeout': 3,"
          + " 'max_retries': 1}}}],";

  private void limit(String kind, int limit) {
    var answer =
        admin()
            .octavia(
                "PUT",
                "/quotas/" + seed().project(),
                "{\"quota\": {\"" + kind + "\": " + limit + "}}");
    assertThat(answer.status()).isEqualTo(202);
  }

  @AfterEach
  void unlimited() {
    var _ = admin().octavia("DELETE", "/quotas/" + seed().project());
  }

  @ParameterizedTest
  @CsvSource({
    "load_balancer, Load Balancer",
    "listener, Listener",
    "pool, Pool",
    "member, Member",
    "health_monitor, Health Monitor"
  })
  void aWholeLoadBalancerOverAQuotaIsForbiddenByTheNameOfThePart(String kind, String name) {
    limit(kind, 0);

    refused(post(GRAPH), 403, "Quota has been met for resources: " + name);
  }

  @Test
  void aBatchOverTheQuotaChangesNothing() {
    var made = balancer(GRAPH);
    var pool = "/pools/" + id(made.at("/pools/0"));
    limit("member", 1);

    refused(
        octavia(
            "PUT",
            pool + "/members?additive_only=true",
            "{'members': [{'address': '10.0.0.2', 'protocol_port': 1}]}"),
        403,
        "Quota has been met for resources: Member");

    assertThat(octavia("GET", pool + "/members").json().path("members").size()).isEqualTo(1);
    assertThat(row(pool).path("provisioning_status").asText()).isEqualTo("ACTIVE");
  }

  @Test
  void aBatchMayReplaceOneMemberByAnotherAtTheQuota() {
    var made = balancer(GRAPH);
    limit("member", 1);

    var answer =
        octavia(
            "PUT",
            "/pools/" + id(made.at("/pools/0")) + "/members",
            "{'members': [{'address': '10.0.0.2', 'protocol_port': 1}]}");

    assertThat(answer.status()).isEqualTo(202);
    active(id(made));
  }

  @Test
  void tenantsReadTheirQuotaAndDoNotSetIt() {
    var path = "/quotas/" + seed().project();

    assertThat(row(path).path("loadbalancer").asInt()).isEqualTo(-1);
    refused(
        octavia("PUT", path, "{'quota': {'pool': 1}}"),
        403,
        "Policy does not allow this request to be performed.");
  }
}
