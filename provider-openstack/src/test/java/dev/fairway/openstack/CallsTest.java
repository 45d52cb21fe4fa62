// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.openstack.cloud.connect.Operation;
import dev.fairway.testkit.openstack.Call;
import dev.fairway.testkit.openstack.Calls;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/// What work costs in calls, counted in front of the cloud.
class CallsTest extends OnSimulator {
  private static final String MEMBERS = "PUT /v2.0/lbaas/pools/{id}/members";
  private static final Map<String, Integer> CREATION =
      Map.of("POST /v2.0/lbaas/loadbalancers", 1, "POST /v2.0/floatingips", 1);

  @Test
  void anExternalServiceCostsTwoWrites() {
    var calls = during(() -> controller.reach(Asked.service("web")));

    assertThat(calls.writes().byOperation()).containsExactlyInAnyOrderEntriesOf(CREATION);
  }

  @Test
  void anInternalServiceCostsOneWrite() {
    var calls = during(() -> controller.reach(Asked.service("web").internal()));

    assertThat(calls.writes().byOperation()).isEqualTo(Map.of("POST /v2.0/lbaas/loadbalancers", 1));
  }

  @Test
  void tenPortsOfBothTransportsAreOneLoadBalancerPost() {
    var asked =
        Asked.service("many")
            .ports(
                "TCP/53", "UDP/53", "TCP/80", "UDP/80", "TCP/443", "UDP/443", "TCP/1", "TCP/2",
                "UDP/3", "TCP/4");

    var calls = during(() -> controller.reach(asked));

    assertThat(calls.writes().byOperation()).containsExactlyInAnyOrderEntriesOf(CREATION);
    var id = sight.balancer("_many").path("id").asText();
    assertThat(sight.listeners(id)).hasSize(10);
    assertThat(sight.pools(id))
        .hasSize(10)
        .allSatisfy(pool -> assertThat(members(pool)).hasSize(3));
  }

  @Test
  void theFirstServiceOfAProcessReadsWhatIsThereOnceAndPollsTheRest() {
    var calls = during(() -> controller.reach(Asked.service("web")));

    var reads = new TreeMap<>(withoutPolls(calls).reads().byOperation());
    assertThat(reads)
        .isEqualTo(
            Map.of(
                "GET /",
                1,
                "GET /v2.0/networks",
                1,
                "GET /v2.0/subnets",
                1,
                "GET /v2.0/lbaas/loadbalancers",
                1,
                "GET /v2.0/floatingips",
                1));
    assertThat(polls(calls)).isPositive();
  }

  @Test
  void theNextServiceReadsNothingButPolls() {
    controller.reach(Asked.service("first"));

    var calls = during(() -> controller.reach(Asked.service("second")));

    assertThat(withoutPolls(calls).reads().count()).as("%s", calls).isZero();
  }

  @Test
  void whatIsAsItShouldBeCostsNothing() {
    controller.reach(Asked.service("web").ports("TCP/80", "UDP/80"));

    var calls =
        during(() -> {
          for (var n = 0; n < 5; n++) {
            controller.reach(Asked.service("web").ports("TCP/80", "UDP/80"));
          }
        });

    assertThat(calls.count()).as("%s", calls).isZero();
  }

  @Test
  void aResyncOfAllServicesIsTwoLists() {
    var services = reached(5);

    var calls =
        during(() -> {
          controller.audit();
          services.forEach(controller::reach);
        });

    assertThat(calls.byOperation())
        .isEqualTo(Map.of("GET /v2.0/lbaas/loadbalancers", 1, "GET /v2.0/floatingips", 1));
  }

  @Test
  void aResyncAfterChangesAsksForAllOfThemTogetherWhatFailedAndForTheMembersOfEach() {
    controller.close();
    // Whose clock goes before, so that the seconds of changes are over when they are seen.
    controller = new Controller(world, InstantSource.offset(clock, Duration.ofSeconds(2)));
    var services = reached(5);
    controller.audit();
    services.forEach(asked -> controller.reach(asked.nodes(4)));

    var calls = during(() -> controller.audit());
    var next = during(() -> controller.audit());

    var lists = Map.of("GET /v2.0/lbaas/loadbalancers", 1, "GET /v2.0/floatingips", 1);
    var failed = new TreeMap<>(lists);
    failed.put("GET /v2.0/lbaas/listeners", 1);
    failed.put("GET /v2.0/lbaas/pools", 1);
    failed.put("GET /v2.0/lbaas/healthmonitors", 1);
    failed.put("GET /v2.0/lbaas/loadbalancers/{id}/status", 5);
    assertThat(withoutPolls(calls).byOperation()).isEqualTo(failed);
    assertThat(withoutPolls(next).byOperation()).isEqualTo(lists);
  }

  @Test
  void aProviderThatNeedsSerialCallsGetsAnEmptyLoadBalancerAndTheRestCallByCall() {
    controller.reach(Asked.service("web").ports("TCP/80", "UDP/53"));
    var whole = sight.picture();
    controller.remove(Asked.service("web"));
    controller.close();
    controller = new Controller(world, clock, "provider-requires-serial-api-calls = true");

    var calls = during(() -> controller.reach(Asked.service("web").ports("TCP/80", "UDP/53")));

    assertThat(calls.of("POST /lbaas/loadbalancers").all())
        .singleElement()
        .satisfies(
            call -> assertThat(call.body().path("loadbalancer").path("listeners")).isEmpty());
    assertThat(calls.of("POST /lbaas/listeners").count()).isEqualTo(2);
    assertThat(sight.picture()).isEqualTo(whole);
  }

  @Test
  void aProcessThatStartsReadsFiveListsAndTheMembersOfEachPoolAndWritesNothing() {
    var services = reached(5);
    controller.restart();

    var calls =
        during(() -> {
          controller.audit();
          services.forEach(controller::reach);
        });

    assertThat(calls.writes().count()).as("%s", calls).isZero();
    assertThat(calls.reads().byOperation())
        .isEqualTo(
            Map.of(
                "GET /",
                1,
                "GET /v2.0/networks",
                1,
                "GET /v2.0/subnets",
                1,
                "GET /v2.0/lbaas/loadbalancers",
                1,
                "GET /v2.0/lbaas/listeners",
                1,
                "GET /v2.0/lbaas/pools",
                1,
                "GET /v2.0/lbaas/healthmonitors",
                1,
                "GET /v2.0/floatingips",
                1,
                "GET /v2.0/lbaas/pools/{id}/members",
                5));
  }

  @Test
  void aNodeThatJoinsIsOnePutOfItAloneForEachPool() {
    var asked = Asked.service("web").ports("TCP/80", "UDP/53").nodes(3);
    controller.reach(asked);

    var calls = during(() -> controller.reach(asked.nodes(4)));

    assertThat(withoutPolls(calls).byOperation()).isEqualTo(Map.of(MEMBERS, 2));
    assertThat(calls.writes().all())
        .allSatisfy(call -> {
          assertThat(call.query()).contains("additive_only=true");
          assertThat(names(call.body().path("members"))).containsExactly("node-4");
        });
  }

  @Test
  void fiftyNodesAtOnceAreOnePutForEachPool() {
    var asked = Asked.service("web").ports("TCP/80", "UDP/53").nodes(3);
    controller.reach(asked);

    var calls = during(() -> controller.reach(asked.nodes(53)));

    assertThat(withoutPolls(calls).byOperation()).isEqualTo(Map.of(MEMBERS, 2));
    assertThat(calls.writes().all())
        .allSatisfy(call -> assertThat(call.body().path("members")).hasSize(50));
  }

  @Test
  void aNodeThatLeavesIsOnePutForEachPool() {
    var asked = Asked.service("web").ports("TCP/80", "UDP/53").nodes(3);
    controller.reach(asked);

    var calls = during(() -> controller.reach(asked.nodes(2)));

    assertThat(withoutPolls(calls).byOperation()).isEqualTo(Map.of(MEMBERS, 2));
    var id = sight.balancer("_web").path("id").asText();
    assertThat(sight.pools(id))
        .allSatisfy(
            pool -> assertThat(members(pool)).containsExactlyInAnyOrder("node-1", "node-2"));
  }

  @Test
  void aNodeThatJoinsWhileAnotherLeavesIsOnePutForEachPool() {
    var asked = Asked.service("web").nodes(List.of(1, 2));
    controller.reach(asked);

    var calls = during(() -> controller.reach(asked.nodes(List.of(2, 3))));

    assertThat(withoutPolls(calls).byOperation()).isEqualTo(Map.of(MEMBERS, 1));
  }

  @Test
  void aWeightThatSomebodySetByHandOutlivesNodesThatComeAndGo() {
    var asked = Asked.service("web").nodes(3);
    controller.reach(asked);
    var pool = sight.pools(sight.balancer("_web").path("id").asText()).getFirst();
    drainByHand(pool.path("id").asText(), "node-2");
    controller.restart(); // the clock of the cloud tells seconds only

    controller.reach(asked);
    assertThat(weights(pool)).as("at rest").containsEntry("node-2", 0);
    controller.reach(asked.nodes(5));
    assertThat(weights(pool)).as("after nodes joined").containsEntry("node-2", 0);
    controller.reach(asked.nodes(2));

    assertThat(weights(pool)).as("after nodes left").isEqualTo(Map.of("node-1", 1, "node-2", 0));
  }

  @Test
  void aDeletionIsTwoDeletesWithCascade() {
    var asked = Asked.service("web").ports("TCP/80", "UDP/53");
    controller.reach(asked);

    var calls = during(() -> controller.remove(asked));

    assertThat(withoutPolls(calls).byOperation())
        .isEqualTo(
            Map.of("DELETE /v2.0/lbaas/loadbalancers/{id}", 1, "DELETE /v2.0/floatingips/{id}", 1));
    assertThat(calls.of("DELETE /lbaas/loadbalancers/{id}").all())
        .allSatisfy(call -> assertThat(call.query()).isEqualTo("cascade=true"));
    assertThat(sight.picture()).isEmpty();
  }

  @Test
  void twentyThatAreMadeAtOnceShareTheirPolls() throws Exception {
    cloud.delay(Duration.ofMillis(300));
    controller.reach(Asked.service("before"));
    var mark = world.proxy.calls().mark();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 20)
              .mapToObj(n ->
                  CompletableFuture.runAsync(
                      () -> controller.reach(Asked.service("burst-" + n)), threads))
              .toArray(CompletableFuture[]::new);
      CompletableFuture.allOf(all).get();
    }

    var calls = world.proxy.calls().since(mark);
    assertThat(calls.writes().byOperation())
        .isEqualTo(Map.of("POST /v2.0/lbaas/loadbalancers", 20, "POST /v2.0/floatingips", 20));
    var polled =
        calls.matching(CallsTest::poll).all().stream().map(call -> call.answered()).toList();
    for (var n = 1; n < polled.size(); n++) {
      assertThat(Duration.between(polled.get(n - 1), polled.get(n)))
          .as("from one poll to the next")
          .isGreaterThanOrEqualTo(Duration.ofMillis(8));
    }
  }

  private List<Asked> reached(int services) {
    var all = IntStream.range(0, services).mapToObj(n -> Asked.service("web-" + n)).toList();
    all.forEach(controller::reach);
    return all;
  }

  private void drainByHand(String pool, String node) {
    var member =
        sight.members(pool).stream()
            .filter(one -> one.path("name").asText().equals(node))
            .findFirst()
            .orElseThrow();
    var _ =
        sight.put(
            Operation.UPDATE_MEMBER,
            "/lbaas/pools/%s/members/%s".formatted(pool, member.path("id").asText()),
            json("{'member': {'weight': 0}}"));
  }

  private Map<String, Integer> weights(JsonNode pool) {
    var weights = new TreeMap<String, Integer>();
    sight
        .members(pool.path("id").asText())
        .forEach(one -> weights.put(one.path("name").asText(), one.path("weight").asInt()));
    return weights;
  }

  private List<String> members(JsonNode pool) {
    return sight.members(pool.path("id").asText()).stream()
        .map(one -> one.path("name").asText())
        .toList();
  }

  private static List<String> names(JsonNode members) {
    return StreamSupport.stream(members.spliterator(), false)
        .map(one -> one.path("name").asText())
        .toList();
  }

  private static boolean poll(Call call) {
    return call.operation().equals("GET /v2.0/lbaas/loadbalancers")
        && call.query().contains("fields=provisioning_status");
  }

  private static int polls(Calls calls) {
    return calls.matching(CallsTest::poll).count();
  }

  private static Calls withoutPolls(Calls calls) {
    return calls.matching(call -> !poll(call));
  }
}
