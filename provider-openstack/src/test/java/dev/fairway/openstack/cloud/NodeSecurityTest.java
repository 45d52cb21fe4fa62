// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud;

import static dev.fairway.openstack.cloud.AccessWorld.OVN;
import static dev.fairway.openstack.cloud.AccessWorld.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.cloud.error.CloudException;
import dev.fairway.testkit.openstack.Calls;
import dev.fairway.testkit.openstack.fault.Fault;
import dev.fairway.testkit.openstack.fault.FaultRule;
import dev.fairway.testkit.openstack.fault.When;
import dev.fairway.testkit.openstack.http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeSecurityTest {
  private static final String PUT_PORT = "PUT /v2.0/ports/{id}";
  private static final String LIST_PORTS = "GET /v2.0/ports";
  private static final String LIST_GROUPS = "GET /v2.0/security-groups";
  private static final String POST_BALANCER = "POST /v2.0/lbaas/loadbalancers";

  private final AccessWorld world = new AccessWorld();
  private final String a = world.node("a");
  private final String b = world.node("b");

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void nodesLetTrafficInBeforeThereIsALoadBalancer() {
    var calls =
        world.during(
            () -> world.controller("one").reach(service("web", "TCP/80@30080", List.of(a, b))));

    assertThat(access(calls))
        .isEqualTo(
            Map.of(
                LIST_GROUPS,
                1,
                "POST /v2.0/security-groups",
                1,
                "DELETE /v2.0/security-group-rules/{id}",
                2,
                "POST /v2.0/security-group-rules",
                1,
                LIST_PORTS,
                1,
                PUT_PORT,
                2));
    var order = calls.writes().all().stream().map(call -> call.operation()).toList();
    assertThat(order.lastIndexOf(PUT_PORT)).isLessThan(order.indexOf(POST_BALANCER));
    assertThat(groups()).hasSize(1);
    assertThat(rules())
        .containsExactlyInAnyOrder("tcp 30000-32767 10.0.0.0/16", "udp 30000-32767 10.0.0.0/16");
    assertThat(groupsAt(a)).isEqualTo(groupsAt(b)).containsExactly(id(groups().getFirst()));
  }

  @Test
  void theNextServiceCallsNothingForIt() {
    var controller = world.controller("one");
    controller.reach(service("web", "TCP/80@30080", List.of(a)));

    var calls = world.during(() -> controller.reach(service("mail", "TCP/25@30025", List.of(a))));

    assertThat(access(calls)).isEmpty();
  }

  @Test
  void aNodeThatJoinsCostsOneListAndOnePutForAllServices() {
    var controller = world.controller("one");
    var names = IntStream.range(0, 5).mapToObj(i -> "web-" + i).toList();
    names.forEach(name -> controller.reach(service(name, "TCP/80@30080", List.of(a))));

    var calls =
        world.during(() -> {
          try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            names.forEach(name ->
                all.submit(() -> controller.reach(service(name, "TCP/80@30080", List.of(a, b)))));
          }
        });

    assertThat(access(calls)).isEqualTo(Map.of(LIST_PORTS, 1, PUT_PORT, 1));
    assertThat(calls.of("PUT /v2.0/lbaas/pools/{id}/members").count()).isEqualTo(5);
  }

  @Test
  void aRestartReadsOnceAndWritesNothing() {
    var wanted = service("web", "TCP/80@30080", List.of(a, b), "10.0.0.0/8");
    world.controller("one", OVN).reach(wanted);

    var calls = world.during(() -> world.controller("one", OVN).reach(wanted));

    assertThat(access(calls)).isEqualTo(Map.of(LIST_GROUPS, 1, LIST_PORTS, 1));
    assertThat(calls.writes().count()).isZero();
  }

  @Test
  void whatSomebodyElseGivesAPortMeanwhileIsKept() {
    var other =
        id(
            world
                .ask("POST", "security-groups", "", "{\"security_group\": {\"name\": \"theirs\"}}")
                .path("security_group"));
    var port = world.portOf(a);
    FaultRule meanwhile =
        (attempt, _) -> {
          if (When.operation(PUT_PORT).test(attempt) && port.path("security_groups").isEmpty()) {
            port.withArray("security_groups").add(other);
            port.put("revision_number", port.path("revision_number").asInt() + 1);
          }
          return Optional.empty();
        };
    world.proxy.faults().add(meanwhile);

    var calls =
        world.during(
            () -> world.controller("one").reach(service("web", "TCP/80@30080", List.of(a))));

    assertThat(groupsAt(a)).contains(other).hasSize(2);
    assertThat(access(calls)).containsEntry(PUT_PORT, 2).containsEntry("GET /v2.0/ports/{id}", 1);
  }

  @Test
  void aGroupThatCannotBeChangedHoldsUpNoNarrowing() {
    var one = world.controller("one");
    one.reach(service("web", "TCP/80@30080", List.of(a), "10.0.0.0/8"));
    one.cloud.list();
    world
        .proxy
        .faults()
        .add(FaultRule.on(When.operation(PUT_PORT), attempt -> Fault.forbidden(attempt)));

    assertThatThrownBy(
            () -> one.reach(service("web", "TCP/80@30080", List.of(a, b), "192.0.2.0/24")))
        .isInstanceOf(CloudException.Denied.class);

    assertThat(one.cloud.list().getFirst().balancers().getFirst().graph().orElseThrow().listeners())
        .allSatisfy(
            listener -> assertThat(listener.allowedCidrs()).containsExactly("192.0.2.0/24"));
  }

  @Test
  void theRulesOfAGuestStayWhenTheOwnerChangesTheLoadBalancer() {
    var one = world.controller("one", OVN);
    one.reach(service("web", "TCP/80@30080", List.of(a)));
    var shared = world.balancers().getFirst();
    var side = service("side", "TCP/443@30443", List.of(a), "192.0.2.0/24");
    one.reach(AccessWorld.on(shared, side));
    var before = rules();
    assertThat(before).contains("tcp 30443-30443 192.0.2.0/24");
    one.cloud.list();
    world.pass(Duration.ofSeconds(2));
    world.openstack.octavia(octavia -> octavia.touch(shared));
    one.cloud.list();

    one.cloud.upkeep().tick();
    one.cloud.upkeep().tick();

    assertThat(rules()).isEqualTo(before);
  }

  @Test
  void twoClustersOfOneProjectLeaveEachOtherAlone() {
    var one = world.controller("one");
    var two = world.controller("two");
    one.reach(service("web", "TCP/80@30080", List.of(a, b)));
    two.reach(service("web", "TCP/80@30080", List.of(b)));
    assertThat(groups()).hasSize(2);
    assertThat(groupsAt(b)).hasSize(2);

    two.remove("web");

    assertThat(groups())
        .singleElement()
        .satisfies(left -> assertThat(left.path("name").asText()).isEqualTo("fairway-one"));
    assertThat(groupsAt(a)).isEqualTo(groupsAt(b)).containsExactly(id(groups().getFirst()));
  }

  @Test
  void narrowedSourceRangesCloseWithOvn() {
    var controller = world.controller("one", OVN);
    controller.reach(service("web", "TCP/80@30080", List.of(a)));
    assertThat(rules()).containsExactly("tcp 30080-30080 0.0.0.0/0");

    controller.reach(service("web", "TCP/80@30080", List.of(a), "10.0.0.0/8"));

    assertThat(rules()).containsExactly("tcp 30080-30080 10.0.0.0/8");
  }

  @Test
  void sourceRangesThatWereNarrowedWhileNobodyWatchedClose() {
    world.controller("one", OVN).reach(service("web", "TCP/80@30080", List.of(a)));

    var restarted = world.controller("one", OVN);
    var narrow = service("web", "TCP/80@30080", List.of(a), "10.0.0.0/8");
    assertThat(restarted.plan(narrow).getFirst())
        .isEqualTo("no longer let in tcp 30080-30080 from 0.0.0.0/0 at the nodes");
    restarted.reach(narrow);

    assertThat(rules()).containsExactly("tcp 30080-30080 10.0.0.0/8");
  }

  @Test
  void narrowingThatCannotBeDoneIsNotTakenForDone() {
    var controller = world.controller("one", OVN);
    controller.reach(service("web", "TCP/80@30080", List.of(a)));
    world
        .proxy
        .faults()
        .add(
            FaultRule.on(
                When.operation("DELETE /v2.0/security-group-rules/{id}"), Fault::forbidden));
    var narrow = service("web", "TCP/80@30080", List.of(a), "10.0.0.0/8");

    assertThatThrownBy(() -> controller.reach(narrow)).isInstanceOf(CloudException.Denied.class);
    assertThat(controller.plan(narrow)).isNotEmpty();
  }

  @Test
  void theRulesOfOthersStayWhenOneGoesOrMoves() {
    var controller = world.controller("one", OVN);
    controller.reach(service("web", "TCP/80@30080", List.of(a)));
    controller.reach(service("mail", "TCP/25@30025", List.of(a)));

    controller.reach(service("web", "TCP/80@30081", List.of(a)));
    assertThat(rules())
        .containsExactlyInAnyOrder("tcp 30025-30025 0.0.0.0/0", "tcp 30081-30081 0.0.0.0/0");

    controller.remove("web");
    assertThat(rules()).containsExactly("tcp 30025-30025 0.0.0.0/0");
  }

  @Test
  void theLastServiceTakesTheGroupWithIt() {
    var controller = world.controller("one");
    controller.reach(service("web", "TCP/80@30080", List.of(a, b)));
    controller.reach(service("mail", "TCP/25@30025", List.of(a)));

    controller.remove("web");
    assertThat(groups()).hasSize(1);
    controller.remove("mail");

    assertThat(groups()).isEmpty();
    assertThat(groupsAt(a)).isEmpty();
    assertThat(groupsAt(b)).isEmpty();
  }

  @Test
  void aGroupThatIsStillInUseIsDeletedLater() {
    var controller = world.controller("one");
    controller.reach(service("web", "TCP/80@30080", List.of(a)));
    var inUse = Answer.neutron(409, "SecurityGroupInUse", "Security Group x in use.");
    world
        .proxy
        .faults()
        .add(
            FaultRule.on(
                    When.operation("DELETE /v2.0/security-groups/{id}"), new Fault.Refuse(inUse))
                .times(1));

    controller.remove("web");

    assertThat(groups()).isEmpty();
  }

  @Test
  void whereSecurityGroupsAreForbiddenThereIsNoLoadBalancer() {
    world
        .proxy
        .faults()
        .add(FaultRule.on(When.operation("POST /v2.0/security-groups"), Fault::forbidden));
    var controller = world.controller("one");

    var calls =
        world.during(() ->
            assertThatThrownBy(() -> controller.reach(service("web", "TCP/80@30080", List.of(a))))
                .isInstanceOf(CloudException.Denied.class)
                .hasMessageContaining("network:CreateSecurityGroup"));

    assertThat(calls.of(POST_BALANCER).count()).isZero();
  }

  @Test
  void whoMayNotEvenSeeSecurityGroupsCanStillDelete() {
    world.controller("one").reach(service("web", "TCP/80@30080", List.of(a)));
    world.proxy.faults().add(FaultRule.on(When.operation(LIST_GROUPS), Fault::forbidden));
    var controller = world.controller("one");

    assertThatThrownBy(() -> controller.reach(service("mail", "TCP/25@30025", List.of(a))))
        .isInstanceOf(CloudException.Denied.class)
        .hasMessageContaining("network:ListSecurityGroups");
    controller.remove("web");

    assertThat(controller.cloud.list()).noneMatch(seen -> seen.exists());
  }

  @Test
  void aNodeWithoutPortIsLookedForOnce() {
    var controller = world.controller("one");
    var wanted = service("web", "TCP/80@30080", List.of(a, "192.0.2.7"));
    controller.reach(wanted);

    assertThat(access(world.during(() -> controller.reach(wanted)))).isEmpty();
  }

  @Test
  void aPortOfAnotherNetworkWithTheSameAddressIsNotTouched() {
    var twin =
        world.openstack.neutron(neutron -> {
          neutron.plantNetwork(
              "00000000-0000-4000-8000-000000000001", world.seed.project(), "twin", false);
          neutron.plantSubnet(
              "00000000-0000-4000-8000-000000000002",
              "00000000-0000-4000-8000-000000000001",
              "twin",
              "10.0.0.0/16",
              List.of(a, a));
          return neutron.plantPort(
              world.seed.project(), "twin", List.of("00000000-0000-4000-8000-000000000002"));
        });

    world.controller("one").reach(service("web", "TCP/80@30080", List.of(a)));

    assertThat(twin.path("security_groups")).isEmpty();
    assertThat(groupsAt(b)).isEmpty();
  }

  @Test
  void theGroupLeavesANodeThatLeftSomeTimeAfter() {
    var controller = world.controller("one");
    controller.reach(service("web", "TCP/80@30080", List.of(a, b)));
    controller.reach(service("web", "TCP/80@30080", List.of(a)));

    controller.cloud.upkeep().tick();
    assertThat(groupsAt(b)).hasSize(1);
    world.mayWrite.set(false);
    controller.cloud.upkeep().tick();
    assertThat(groupsAt(b)).hasSize(1);
    world.mayWrite.set(true);
    controller.cloud.upkeep().tick();

    assertThat(groupsAt(b)).isEmpty();
    assertThat(groupsAt(a)).hasSize(1);
    assertThat(world.during(controller.cloud.upkeep()::tick).count()).isZero();
  }

  @Test
  void aNodeThatComesBackInTimeKeepsTheGroup() {
    var controller = world.controller("one");
    controller.reach(service("web", "TCP/80@30080", List.of(a, b)));
    controller.reach(service("web", "TCP/80@30080", List.of(a)));
    controller.cloud.upkeep().tick();

    controller.reach(service("web", "TCP/80@30080", List.of(a, b)));
    controller.cloud.upkeep().tick();
    controller.cloud.upkeep().tick();

    assertThat(groupsAt(b)).hasSize(1);
  }

  @Test
  void aNewNodeWithTheAddressOfOneThatLeftIsLetIn() {
    var controller = world.controller("one");
    controller.reach(service("web", "TCP/80@30080", List.of(a, b)));
    controller.reach(service("web", "TCP/80@30080", List.of(a)));
    world.portOf(b).putArray("security_groups"); // its successor has none

    controller.reach(service("web", "TCP/80@30080", List.of(a, b)));

    assertThat(groupsAt(b)).hasSize(1);
  }

  @Test
  void aGroupThatSomebodyDeletedIsMadeAnew() {
    var controller = world.controller("one");
    controller.reach(service("web", "TCP/80@30080", List.of(a)));
    world.portOf(a).putArray("security_groups");
    world.ask("DELETE", "security-groups/" + id(groups().getFirst()), "", "");
    world.pass(Duration.ofMinutes(61));
    controller.cloud.list();

    controller.reach(service("web", "TCP/80@30080", List.of(a)));

    assertThat(groups()).hasSize(1);
    assertThat(groupsAt(a)).hasSize(1);
  }

  private static Map<String, Integer> access(Calls calls) {
    var counts = new TreeMap<>(calls.to("network").byOperation());
    counts.keySet().removeIf(name -> !name.contains("security-group") && !name.contains("/ports"));
    return counts;
  }

  private List<JsonNode> groups() {
    return world.groups();
  }

  private List<String> rules() {
    return world.rules();
  }

  private List<String> groupsAt(String address) {
    return world.groupsAt(address);
  }

  private static String id(JsonNode node) {
    return node.path("id").asText();
  }
}
