// SPDX-License-Identifier: Apache-2.0
package dev.fairway.testkit.openstack.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.process.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// One control plane, used as a tenant would, and then ended.
@TestMethodOrder(OrderAnnotation.class)
class OpenStackLabIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Path RUN =
      Path.of(Optional.ofNullable(System.getenv("FAIRWAY_RUN_DIR")).orElse("target"));

  private static OpenStackLab lab;
  private static LabCaller tenant;

  @BeforeAll
  static void start() {
    lab = OpenStackLab.start(RUN, LabOptions.PLAIN.withTokenLifetime(Duration.ofMinutes(30)));
    tenant = lab.as(lab.seed().demo());
  }

  @AfterAll
  static void end() {
    lab.close();
  }

  @Test
  void aWholeLoadBalancerBecomesActiveAndItsFloatingIpOutlivesIt() {
    var posted = tenant.post(lab.loadBalancers("/loadbalancers"), graph("whole"));
    assertThat(posted.status()).isEqualTo(201);
    var balancer = posted.body().required("loadbalancer");
    var id = balancer.required("id").asText();
    var floating =
        tenant
            .post(
                lab.network("/floatingips"),
                """
                {"floatingip": {"floating_network_id": "%s", "port_id": "%s"}}
                """
                    .formatted(
                        lab.seed().external().network(), balancer.required("vip_port_id").asText()))
            .accepted()
            .required("floatingip");

    awaitStatus(id, "ACTIVE");
    assertThat(floating.required("fixed_ip_address").asText())
        .isEqualTo(balancer.required("vip_address").asText());
    assertThat(members(id)).hasSize(2);

    var _ = tenant.delete(lab.loadBalancers("/loadbalancers/%s?cascade=true".formatted(id)));
    awaitGone(id);
    var uri = lab.network("/floatingips/" + floating.required("id").asText());
    assertThat(tenant.get(uri).accepted().required("floatingip").required("port_id").isNull())
        .isTrue();
    assertThat(tenant.delete(uri).status()).isEqualTo(204);
  }

  @Test
  void aLoadBalancerCanBeBrokenAndIsMendedByAFailover() {
    var id = create("broken");
    awaitStatus(id, "ACTIVE");

    lab.setStatus(id, "ERROR");
    assertThat(status(id)).isEqualTo("ERROR");
    assertThat(lab.sql("octavia", "SELECT name FROM load_balancer WHERE id = '" + id + "'"))
        .isEqualTo("broken\n");

    lab.failover(id);
    awaitStatus(id, "ACTIVE");
    var _ = tenant.delete(lab.loadBalancers("/loadbalancers/%s?cascade=true".formatted(id)));
    awaitGone(id);
  }

  @Test
  void quotasAreKept() {
    lab.setQuota("load_balancer", 0);
    lab.setNetworkQuota("floatingip", 0);

    var balancer = tenant.post(lab.loadBalancers("/loadbalancers"), graph("one too many"));
    var floating =
        tenant.post(
            lab.network("/floatingips"),
            "{\"floatingip\": {\"floating_network_id\": \"%s\"}}"
                .formatted(lab.seed().external().network()));

    lab.setQuota("load_balancer", -1);
    lab.setNetworkQuota("floatingip", -1);
    assertThat(balancer.status()).isEqualTo(403);
    assertThat(balancer.body().required("faultstring").asText())
        .isEqualTo("Quota has been met for resources: Load Balancer");
    assertThat(floating.status()).isEqualTo(409);
    assertThat(floating.body().required("NeutronError").required("type").asText())
        .isEqualTo("OverQuota");
  }

  @Test
  void theOtherProjectSeesNothingOfIt() {
    var id = create("ours");
    var other = lab.as(lab.seed().other());

    assertThat(other.get(lab.loadBalancers("/loadbalancers/" + id)).status()).isEqualTo(403);
    assertThat(other.get(lab.loadBalancers("/loadbalancers")).accepted().required("loadbalancers"))
        .isEmpty();

    awaitStatus(id, "ACTIVE");
    var _ = tenant.delete(lab.loadBalancers("/loadbalancers/%s?cascade=true".formatted(id)));
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void nothingIsLeftWhenItEnds() {
    var processes = ProcessHandle.of(lab.pid()).orElseThrow().descendants().toList();
    assertThat(processes).as("MariaDB, Keystone, Neutron, Octavia").hasSizeGreaterThanOrEqualTo(4);
    var socket = Path.of(lab.seed().databaseSocket());
    assertThat(socket.resolveSibling("db")).isDirectory();

    lab.close();

    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(socket.resolveSibling("db")).doesNotExist();
  }

  private static String create(String name) {
    return tenant
        .post(lab.loadBalancers("/loadbalancers"), graph(name))
        .accepted()
        .required("loadbalancer")
        .required("id")
        .asText();
  }

  private static void awaitStatus(String id, String wanted) {
    Until.isTrue(wanted + " of " + id, LIMIT, () -> status(id).equals(wanted));
  }

  private static void awaitGone(String id) {
    Until.isTrue(
        "the end of " + id,
        LIMIT,
        () -> tenant.get(lab.loadBalancers("/loadbalancers/" + id)).status() == 404);
  }

  private static String status(String id) {
    return tenant
        .get(lab.loadBalancers("/loadbalancers/" + id))
        .accepted()
        .required("loadbalancer")
        .required("provisioning_status")
        .asText();
  }

  private static JsonNode members(String id) {
    var pool =
        tenant
            .get(lab.loadBalancers("/pools?loadbalancer_id=" + id))
            .accepted()
            .required("pools")
            .required(0);
    return tenant
        .get(lab.loadBalancers("/pools/%s/members".formatted(pool.required("id").asText())))
        .accepted()
        .required("members");
  }

  private static String graph(String name) {
    var demo = lab.seed().demo();
    return """
    {"loadbalancer": {"name": "%s", "vip_subnet_id": "%s", "listeners": [
      {"name": "web", "protocol": "TCP", "protocol_port": 80, "default_pool":
        {"name": "web", "protocol": "TCP", "lb_algorithm": "ROUND_ROBIN", "members": [
          {"address": "%s", "protocol_port": 30080}, {"address": "%s", "protocol_port": 30080}],
         "healthmonitor": {"type": "TCP", "delay": 5, "timeout": 3, "max_retries": 2}}}]}}
    """
        .formatted(
            name, demo.subnet(), demo.nodes().get(0).address(), demo.nodes().get(1).address());
  }
}
