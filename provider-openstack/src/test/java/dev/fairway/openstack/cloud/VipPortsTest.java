// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import static dev.fairway.openstack.cloud.AccessWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairway.cloud.error.CloudException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VipPortsTest {
  private final AccessWorld world = new AccessWorld();
  private final String node = world.node("a");
  private final AccessWorld.Controller controller = world.controller("one");

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void whatRefusedLoadBalancersLeaveBehindIsDeletedLongAfter() {
    controller.reach(service("web", "TCP/80@30080", List.of(node)));
    assertThat(vipPorts()).isEqualTo(1);
    refuse();
    assertThat(vipPorts()).isEqualTo(2);

    world.pass(Duration.ofMinutes(9));
    assertThat(world.during(controller.cloud.upkeep()::tick).count()).isZero();
    world.pass(Duration.ofMinutes(2));
    controller.cloud.upkeep().tick();

    assertThat(vipPorts()).isEqualTo(1);
    assertThat(
            world.ask("GET", "ports", "device_owner=Octavia", "").path("ports").path(0).path("id"))
        .isEqualTo(
            world.ask("GET", "floatingips", "", "").path("floatingips").path(0).path("port_id"));
  }

  @Test
  void withoutARefusalNobodyLooks() {
    controller.reach(service("web", "TCP/80@30080", List.of(node)));
    world.pass(Duration.ofHours(1));

    assertThat(world.during(controller.cloud.upkeep()::tick).count()).isZero();
  }

  @Test
  void thePortOfALoadBalancerThatSomebodyIsAboutToMakeIsNotDeleted() {
    refuse();
    world.pass(Duration.ofMinutes(11));
    fresh();
    controller.cloud.upkeep().tick();
    assertThat(vipPorts()).isEqualTo(1);

    world.pass(Duration.ofMinutes(11));
    controller.cloud.upkeep().tick();
    assertThat(vipPorts()).isZero();
  }

  @Test
  void portsOfOtherMakersAreNotDeleted() {
    refuse();
    fresh().put("device_owner", "compute:nova");
    fresh().put("name", "octavia-lb-mine");
    fresh().put("device_id", "lb-another");
    world.pass(Duration.ofMinutes(11));

    controller.cloud.upkeep().tick();

    assertThat(world.ask("GET", "ports", "", "").path("ports")).hasSize(4); // and that of the node
  }

  @Test
  void aProcessThatMayNotWriteDeletesNothing() {
    refuse();
    world.pass(Duration.ofMinutes(11));
    world.mayWrite.set(false);

    controller.cloud.upkeep().tick();

    assertThat(vipPorts()).isEqualTo(1);
  }

  private void refuse() {
    world.openstack.setQuota("listener", 0);
    assertThatThrownBy(() -> controller.reach(service("mail", "TCP/25@30025", List.of(node))))
        .isInstanceOf(CloudException.QuotaExceeded.class);
    world.openstack.setQuota("listener", -1);
  }

  private ObjectNode fresh() {
    var balancer = "11111111-2222-4333-8444-555555555555";
    return world.openstack.neutron(neutron ->
        neutron
            .vipPort(
                world.seed.project(),
                "octavia-lb-" + balancer,
                Map.of(world.seed.privateSubnet(), ""))
            .put("device_id", "lb-" + balancer)
            .put("device_owner", "Octavia"));
  }

  private int vipPorts() {
    return world.ask("GET", "ports", "device_owner=Octavia", "").path("ports").size();
  }
}
