// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.openstack.http.Answer;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Members of a pool, by batch and one by one.
abstract class MemberContract extends Contract {
  private String balancer = "";
  private String pool = "";

  @BeforeEach
  void makeThree() {
    var made =
        balancer(
            "'listeners': [{'name': 'l', 'protocol': 'TCP', 'protocol_port': 80, 'default_pool':"
                + " {'name': 'p', 'protocol': 'TCP', 'lb_algorithm': 'ROUND_ROBIN', 'members': ["
                + " {'address': '10.0.0.1', 'protocol_port': 1, 'name': 'a', 'weight': 0,"
                + " 'tags': ['t'], 'monitor_port': 9},"
                + " {'address': '10.0.0.2', 'protocol_port': 1, 'name': 'b'},"
                + " {'address': '10.0.0.3', 'protocol_port': 1, 'name': 'c'}]}}],");
    balancer = id(made);
    pool = "/pools/" + id(made.at("/pools/0"));
  }

  private Map<String, JsonNode> members() {
    return octavia("GET", pool + "/members")
        .json()
        .path("members")
        .valueStream()
        .collect(Collectors.toMap(member -> member.path("address").asText(), member -> member));
  }

  private JsonNode member(String address) {
    return Optional.ofNullable(members().get(address)).orElseThrow();
  }

  private Map<String, String> states() {
    return members().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> entry.getValue().path("provisioning_status").asText()));
  }

  private Answer batch(String query, String members) {
    return octavia("PUT", pool + "/members" + query, "{'members': [" + members + "]}");
  }

  @Test
  void aBatchAddsKeepsAndRemoves() {
    var answer =
        batch(
            "",
            "{'address': '10.0.0.1', 'protocol_port': 1}, {'address': '10.0.0.4',"
                + " 'protocol_port': 1}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).isEmpty();
    assertThat(states())
        .containsEntry("10.0.0.1", "PENDING_UPDATE")
        .containsEntry("10.0.0.2", "PENDING_DELETE")
        .containsEntry("10.0.0.4", "PENDING_CREATE");
    active(balancer);
    assertThat(states())
        .containsExactlyInAnyOrderEntriesOf(Map.of("10.0.0.1", "ACTIVE", "10.0.0.4", "ACTIVE"));
  }

  @Test
  void whatABatchLeavesOutGoesBackToDefaultsButNamesAndTags() {
    var _ = batch("", "{'address': '10.0.0.1', 'protocol_port': 1}");

    var member = member("10.0.0.1");
    assertThat(member.path("weight").asInt()).isEqualTo(1);
    assertThat(member.path("monitor_port").isNull()).isTrue();
    assertThat(member.path("name").asText()).isEqualTo("a");
    assertThat(member.path("tags")).isEqualTo(json("['t']"));
    active(balancer);
  }

  @Test
  void anAdditiveBatchLeavesTheOthersAlone() {
    var answer =
        batch(
            "?additive_only=true",
            "{'address': '10.0.0.4', 'protocol_port': 1}, {'address': '10.0.0.2',"
                + " 'protocol_port': 1, 'weight': 5}");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(states())
        .containsEntry("10.0.0.1", "ACTIVE")
        .containsEntry("10.0.0.2", "PENDING_UPDATE")
        .containsEntry("10.0.0.3", "ACTIVE")
        .containsEntry("10.0.0.4", "PENDING_CREATE");
    active(balancer);
    assertThat(member("10.0.0.1").path("weight").asInt()).isZero();
    assertThat(member("10.0.0.2").path("weight").asInt()).isEqualTo(5);
  }

  @Test
  void anEmptyBatchClearsThePoolAndThenDoesNothing() {
    assertThat(batch("", "").status()).isEqualTo(202);
    active(balancer);
    assertThat(members()).isEmpty();

    assertThat(batch("", "").status()).isEqualTo(202);
    assertThat(row("/loadbalancers/" + balancer).path("provisioning_status").asText())
        .isEqualTo("ACTIVE");
  }

  @Test
  void aBatchChangesPoolAndListenerToo() {
    var _ = batch("", "{'address': '10.0.0.1', 'protocol_port': 1}");

    assertThat(row(pool).path("provisioning_status").asText()).isEqualTo("PENDING_UPDATE");
    var listener = "/listeners/" + id(row(pool).at("/listeners/0"));
    assertThat(row(listener).path("provisioning_status").asText()).isEqualTo("PENDING_UPDATE");
    refused(
        batch("", "{'address': '10.0.0.1', 'protocol_port': 1}"),
        409,
        "Pool " + pool.substring("/pools/".length()) + " is immutable and cannot be updated.");
    refused(
        octavia(
            "POST",
            "/healthmonitors",
            "{'healthmonitor': {'pool_id': '%s', 'type': 'TCP', 'delay': 5, 'timeout': 3,"
                + " 'max_retries': 2}}",
            pool.substring("/pools/".length())),
        409,
        "Pool " + pool.substring("/pools/".length()) + " is immutable and cannot be updated.");
    active(balancer);
  }

  @Test
  void ofAnImmutableLoadBalancerABatchNamesIt() {
    var _ = octavia("PUT", "/loadbalancers/" + balancer, "{'loadbalancer': {'description': 'x'}}");

    refused(
        batch("", "{'address': '10.0.0.1', 'protocol_port': 1}"),
        409,
        "Load Balancer " + balancer + " is immutable and cannot be updated.");
    active(balancer);
  }

  @Test
  void aNewMemberTwiceIsAConflictAndAKnownOneABadRequest() {
    var fresh = "{'address': '10.0.0.9', 'protocol_port': 1}";
    var known = "{'address': '10.0.0.1', 'protocol_port': 1}";

    refused(
        batch("", fresh + "," + fresh),
        409,
        "Another member on this pool is already using ip 10.0.0.9 on protocol_port 1");
    refused(
        batch("", known + "," + known),
        400,
        "Validation failure: Member must be updated only once in the same request.");
    assertThat(members()).containsOnlyKeys("10.0.0.1", "10.0.0.2", "10.0.0.3");
  }

  @Test
  void aRefusedBatchChangesNothing() {
    var before = members();

    refused(
        batch(
            "",
            "{'address': '10.0.0.9', 'protocol_port': 1, 'subnet_id': '" + seed().router() + "'}"),
        400,
        "Subnet " + seed().router() + " not found.");

    assertThat(members()).isEqualTo(before);
  }

  @Test
  void aBatchForAnUnknownPoolIsRefusedInAnotherForm() {
    var answer = octavia("PUT", "/pools/" + seed().router() + "/members", "{'members': []}");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().path("description").asText())
        .isEqualTo("Pool " + seed().router() + " not found.");
  }

  @Test
  void membersChangeOneByOne() {
    var member = pool + "/members/" + id(member("10.0.0.2"));

    var changed = Tenant.row(octavia("PUT", member, "{'member': {'weight': 3}}"), "member");
    active(balancer);

    assertThat(changed.path("weight").asInt()).isEqualTo(3);
    assertThat(row(member).path("name").asText()).isEqualTo("b");
    assertThat(octavia("DELETE", member).status()).isEqualTo(204);
    active(balancer);
    assertThat(octavia("GET", member).status()).isEqualTo(404);
    refused(
        octavia(
            "POST", pool + "/members", "{'member': {'address': '10.0.0.3', 'protocol_port': 1}}"),
        409,
        "Another member on this pool is already using ip 10.0.0.3 on protocol_port 1");
  }
}
