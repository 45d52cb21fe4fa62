// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bad input: the status, and the words that tell which part of it is bad. Where a name comes twice
/// in JSON, the last one counts.
abstract class RefusalContract extends Contract {
  private static final String POOL = "'protocol': 'TCP', 'lb_algorithm': 'ROUND_ROBIN'";

  private static String listener(String more) {
    return "'listeners': [{'protocol': 'TCP', 'protocol_port': 80" + more + "}],";
  }

  private static String pool(String more) {
    return "'pools': [{'name': 'p', " + POOL + more + "}],";
  }

  private static String monitor(String content) {
    return pool(", 'healthmonitor': {'delay': 5, 'timeout': 3, 'max_retries': 1, " + content + "}");
  }

  static Stream<Arguments> loadBalancers() {
    return Stream.of(
        Arguments.of(
            "'nonsense': 1,",
            400,
            "Unknown attribute for argument load_balancer.loadbalancer: nonsense"),
        Arguments.of(
            "'name': '" + "n".repeat(256) + "',", 400, "Invalid input for field/attribute name."),
        Arguments.of(
            "'tags': ['" + "t".repeat(256) + "'],", 400, "Invalid input for field/attribute"),
        Arguments.of(
            "'admin_state_up': 'perhaps',", 400, "Value not an unambiguous boolean: perhaps"),
        Arguments.of(
            "'vip_address': 'here',", 400, "Invalid input for field/attribute vip_address."),
        Arguments.of("'provider': 'nope',", 400, "Provider 'nope' is not enabled."),
        Arguments.of(
            "'flavor_id': '00000000-0000-4000-8000-000000000000',",
            400,
            "Validation failure: Invalid flavor_id."),
        Arguments.of(
            "'availability_zone': 'z',", 400, "Validation failure: Invalid availability zone."),
        Arguments.of(
            "'vip_sg_ids': ['00000000-0000-4000-8000-000000000000'],",
            400,
            "Security Group 00000000-0000-4000-8000-000000000000 not found."));
  }

  static Stream<Arguments> listeners() {
    return Stream.of(
        Arguments.of(
            listener(", 'protocol': 'NOPE'"), 400, "Invalid input for field/attribute protocol."),
        Arguments.of(listener(", 'protocol_port': 70000"), 400, "protocol_port. Value: '70000'."),
        Arguments.of("'listeners': [{'protocol': 'TCP'}],", 400, "Mandatory field missing."),
        Arguments.of(
            listener(", 'allowed_cidrs': ['bogus']"), 400, "Value should be IPv4 or IPv6 CIDR"),
        Arguments.of(
            listener(", 'allowed_cidrs': ['2001:db8::/32']"),
            400,
            "IP version incompatible with all VIPs"),
        Arguments.of(
            listener(", 'timeout_client_data': 1000000000000"), 400, "timeout_client_data."),
        Arguments.of(listener(", 'connection_limit': -2"), 400, "connection_limit."),
        Arguments.of(
            listener(", 'insert_headers': {'X-Forwarded-For': 'true'}"),
            400,
            "insert-headers is not a valid option for a TCP protocol listener."),
        Arguments.of(
            listener(", 'default_tls_container_ref': 'http://x/v1/containers/1'"),
            400,
            "Certificate container references are not allowed on TCP protocol listeners."),
        Arguments.of(
            "'listeners': [{'protocol': 'TERMINATED_HTTPS', 'protocol_port': 443}],",
            400,
            "An SNI or default certificate container reference must be provided for"
                + " TERMINATED_HTTPS protocol listeners."),
        Arguments.of(
            "'listeners': [{'protocol': 'HTTP', 'protocol_port': 80, 'insert_headers':"
                + " {'X-Nope': 'true'}}],",
            400,
            "is not a valid option for insert_headers"),
        Arguments.of(
            "'listeners': [{'protocol': 'TCP', 'protocol_port': 80},"
                + " {'protocol': 'HTTP', 'protocol_port': 80}],",
            409,
            "Another Listener on this Load Balancer is already using protocol TCP and protocol_port"
                + " 80"),
        Arguments.of(
            "'listeners': [{'protocol': 'UDP', 'protocol_port': 80, 'default_pool': {'name': 'p',"
                + " 'protocol': 'PROXY', 'lb_algorithm': 'ROUND_ROBIN'}}],",
            400,
            "The pool protocol 'PROXY' is invalid while the listener protocol is 'UDP'."));
  }

  static Stream<Arguments> pools() {
    return Stream.of(
        Arguments.of(pool(", 'lb_algorithm': 'BOGUS'"), 400, "lb_algorithm. Value: 'BOGUS'."),
        Arguments.of(
            listener(", 'default_pool': {" + POOL + "}"),
            400,
            "Validation failure: Pools must be named when creating a fully populated loadbalancer."),
        Arguments.of(
            "'pools': [{'name': 'p', " + POOL + "}, {'name': 'p', " + POOL + "}],",
            400,
            "Validation failure: Pool names must be unique when creating a fully populated"
                + " loadbalancer."),
        Arguments.of(
            pool(", 'session_persistence': {'type': 'BOGUS'}"), 400, "type. Value: 'BOGUS'."),
        Arguments.of(
            pool(", 'members': [{'address': 'x', 'protocol_port': 1}]"),
            400,
            "Invalid input for field/attribute address."),
        Arguments.of(
            pool(", 'members': [{'address': '10.0.0.1', 'protocol_port': 0}]"),
            400,
            "Invalid input for field/attribute protocol_port."),
        Arguments.of(
            pool(", 'members': [{'address': '10.0.0.1', 'protocol_port': 1, 'weight': 257}]"),
            400,
            "Invalid input for field/attribute weight."),
        Arguments.of(
            pool(
                ", 'members': [{'address': '10.0.0.1', 'protocol_port': 1},"
                    + " {'address': '10.0.0.1', 'protocol_port': 1}]"),
            409,
            "Another member on this pool is already using ip 10.0.0.1 on protocol_port 1"),
        Arguments.of(monitor("'type': 'NOPE'"), 400, "type. Value: 'NOPE'."),
        Arguments.of(monitor("'type': 'TCP', 'max_retries': 11"), 400, "max_retries. Value: '11'."),
        Arguments.of(
            monitor("'type': 'TCP', 'url_path': '/x'"),
            400,
            "url_path is not a valid option for health monitors of type TCP"),
        Arguments.of(
            monitor("'type': 'UDP-CONNECT'"),
            400,
            "The UDP-CONNECT type is only supported for pools of type"));
  }

  @ParameterizedTest
  @MethodSource({"loadBalancers", "listeners", "pools"})
  void badLoadBalancersAreRefused(String attributes, int status, String text) {
    refused(post(attributes), status, text);
  }

  @Test
  void aVipMustBeSomewhere() {
    refused(
        octavia("POST", "/loadbalancers", "{'loadbalancer': {'name': 'x'}}"),
        400,
        "Validation failure: VIP must contain one of:");
    refused(
        octavia(
            "POST", "/loadbalancers", "{'loadbalancer': {'vip_subnet_id': '%s'}}", seed().router()),
        400,
        "Subnet " + seed().router() + " not found.");
    refused(
        octavia("POST", "/loadbalancers", "{'loadbalancer': {'vip_subnet_id': 'x'}}"),
        400,
        "Invalid input for field/attribute vip_subnet_id.");
  }

  @Test
  void whatIsFixedForEverIsAnUnknownAttributeOfAChange() {
    var made = oneListener();

    refused(
        octavia("PUT", "/pools/" + id(made.at("/pools/0")), "{'pool': {'protocol': 'PROXY'}}"),
        400,
        "Unknown attribute for argument pool_.pool: protocol");
    refused(
        octavia(
            "PUT",
            "/listeners/" + id(made.at("/listeners/0")),
            "{'listener': {'protocol_port': 81}}"),
        400,
        "Unknown attribute for argument listener_.listener: protocol_port");
    refused(
        octavia(
            "PUT", "/loadbalancers/" + id(made), "{'loadbalancer': {'vip_address': '10.0.0.1'}}"),
        400,
        "Unknown attribute for argument load_balancer.loadbalancer: vip_address");
    assertThat(row("/loadbalancers/" + id(made)).path("provisioning_status").asText())
        .isEqualTo("ACTIVE");
  }

  @Test
  void theAmphoraDriverKnowsNoSourceIpPort() {
    var made = oneListener();

    refused(
        octavia(
            "PUT",
            "/pools/" + id(made.at("/pools/0")),
            "{'pool': {'lb_algorithm': 'SOURCE_IP_PORT'}}"),
        501,
        "Provider 'amphora' does not support a requested option: Amphora provider does not support"
            + " SOURCE_IP_PORT algorithm.");
  }

  @Test
  void unknownThingsAreNotFound() {
    var id = seed().router();

    refused(octavia("GET", "/loadbalancers/" + id), 404, "Load Balancer " + id + " not found.");
    refused(octavia("GET", "/listeners/" + id), 404, "Listener " + id + " not found.");
    refused(octavia("DELETE", "/pools/" + id), 404, "Pool " + id + " not found.");
    refused(octavia("GET", "/healthmonitors/" + id), 404, "Health Monitor " + id + " not found.");
  }
}
