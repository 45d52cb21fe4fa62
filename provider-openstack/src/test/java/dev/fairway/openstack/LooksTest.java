// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.openstack.cloud.connect.Operation;
import dev.fairway.testkit.openstack.fault.Fault;
import dev.fairway.testkit.openstack.fault.FaultRule;
import dev.fairway.testkit.openstack.fault.When;
import dev.fairway.testkit.openstack.http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the look at everything, now and then, sees of what Octavia says nothing about.
class LooksTest extends OnSimulator {
  private static final TestClock CLOCK = new TestClock();
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String TREE = "GET /lbaas/loadbalancers/{id}/status";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Map<String, Integer> LISTS =
      Map.of("GET /v2.0/lbaas/loadbalancers", 1, "GET /v2.0/floatingips", 1);
  private static final String READ_MEMBERS = "GET /lbaas/pools/{id}/members";
  private static final String MEMBERS = "PUT /v2.0/lbaas/pools/{id}/members";

  private final Asked web = Asked.service("web").nodes(3);

  LooksTest() {
    super(CLOCK);
  }

  @Test
  void aMemberThatFailedWithOurChangeIsSeenByTheNextLookAndWrittenOnceMore() {
    controller.reach(web);
    var member = failingMember();
    controller.reach(web.nodes(2));
    assertThat(member(member).path("provisioning_status").asText()).isEqualTo("ERROR");

    var look = during(() -> controller.audit());
    var calls = during(() -> controller.reach(web.nodes(2)));

    assertThat(look.of(TREE).count()).isEqualTo(1);
    assertThat(calls.writes().byOperation()).isEqualTo(Map.of(MEMBERS, 1));
    assertThat(member(member).path("provisioning_status").asText()).isEqualTo("ACTIVE");
  }

  @Test
  void aMemberThatFailsEachTimeIsWrittenOnceALook() {
    controller.reach(web);
    failingMember();
    controller.reach(web.nodes(2));

    for (var look = 0; look < 3; look++) {
      failingMember();
      controller.audit();
      var calls =
          during(() -> {
            controller.reach(web.nodes(2));
            controller.reach(web.nodes(2));
          });
      assertThat(calls.writes().byOperation()).isEqualTo(Map.of(MEMBERS, 1));
    }
  }

  @Test
  void aMonitorThatFailedWithOurChangeIsSeenByTheNextLookAndWrittenOnceMore() {
    var monitored = web.theirs("enable-health-monitor", "true");
    controller.reach(monitored);
    var monitor = pool().path("healthmonitor_id").asText();
    cloud.octavia(octavia -> octavia.failPart(monitor));
    var slower = monitored.theirs("health-monitor-delay", "20");
    controller.reach(slower);

    var look = during(() -> controller.audit());
    var calls = during(() -> controller.reach(slower));

    assertThat(look.of("GET /lbaas/healthmonitors").count()).isEqualTo(1);
    assertThat(look.of(TREE).count()).isZero();
    assertThat(calls.writes().byOperation())
        .isEqualTo(Map.of("PUT /v2.0/lbaas/healthmonitors/{id}", 1));
    assertThat(during(() -> controller.audit()).of("GET /lbaas/healthmonitors").count())
        .as("after what was written once more")
        .isEqualTo(1);
    assertThat(controller.planned(slower.present()).isEmpty()).isTrue();
  }

  @Test
  void membersOfManyAreLookedAtSomeAtATime() {
    var all = IntStream.range(0, 25).mapToObj(n -> Asked.service("web-" + n)).toList();
    all.forEach(controller::reach);
    controller.audit();
    all.forEach(asked -> controller.reach(asked.nodes(4)));

    var looks =
        IntStream.range(0, 3)
            .mapToObj(_ -> during(() -> controller.audit()).of(TREE).count())
            .toList();

    assertThat(looks).isEqualTo(List.of(20, 5, 0));
  }

  @Test
  void aLookGoesOnWhereTheCloudDoesNotTellTheStatesOfMembers() {
    controller.reach(web);
    controller.reach(web.nodes(2));
    world
        .proxy
        .faults()
        .add(
            FaultRule.on(
                When.operation(TREE),
                _ ->
                    new Fault.Refuse(
                        Answer.json(
                            403,
                            json(
                                "{'faultcode': 'Client', 'faultstring': 'Policy does not allow this"
                                    + " request to be performed.'}")))));

    assertThat(controller.audit()).hasSize(1);
    assertThat(during(() -> controller.audit()).of(TREE).count()).isZero();
  }

  @Test
  void whatAPlanMissesIsLookedForByTheNextLook() {
    var asked = web.theirs("floating-network-id", "00000000-0000-0000-0000-00000000abcd");
    controller.audit();
    CLOCK.advance(Duration.ofMinutes(1));
    assertThat(controller.notes(asked)).contains("NoFloatingNetwork");
    assertThat(networkLists()).as("planning alone").isZero();

    var _ = controller.pass(asked.present());

    assertThat(networkLists()).isEqualTo(1);
    assertThat(networkLists()).as("when nobody asked since").isZero();
  }

  @Test
  void whatSomebodyChangesInTheSecondOfOurOwnChangeIsSeenWhenEverythingIsRead() {
    controller.reach(web);
    CLOCK.advance(SECOND);
    controller.reach(web.nodes(2));
    changeAlgorithm("SOURCE_IP");
    controller.audit();
    assertThat(controller.planned(web.nodes(2).present()).isEmpty()).as("in that second").isTrue();
    CLOCK.advance(HOUR);

    controller.audit();
    controller.reach(web.nodes(2));

    assertThat(pool().path("lb_algorithm").asText()).isEqualTo("ROUND_ROBIN");
  }

  @Test
  void whatSomebodyChangesInTheSecondOfAnotherChangeOfHisIsSeenWhenThatIsOver() {
    controller.reach(web);
    CLOCK.advance(SECOND);
    changeAlgorithm("LEAST_CONNECTIONS");
    changeAlgorithm("ROUND_ROBIN");
    controller.audit();
    controller.reach(web);
    changeAlgorithm("SOURCE_IP");
    CLOCK.advance(SECOND);

    controller.audit();
    controller.reach(web);

    assertThat(pool().path("lb_algorithm").asText()).isEqualTo("ROUND_ROBIN");
  }

  @Test
  void whatWasReadInTheSecondOfItsChangeIsReadOnceMoreAndThenNoMore() {
    readInTheSecondOfAChangeOfSomebodyElse(List.of(web));
    CLOCK.advance(SECOND);

    var first = during(() -> controller.audit());
    var second = during(() -> controller.audit());

    assertThat(first.of(READ_MEMBERS).count()).isEqualTo(1);
    assertThat(second.byOperation()).isEqualTo(LISTS);
  }

  @Test
  void butNotWhereEverythingIsReadAnyway() {
    readInTheSecondOfAChangeOfSomebodyElse(List.of(web));
    CLOCK.advance(HOUR);

    var first = during(() -> controller.audit());
    var second = during(() -> controller.audit());

    assertThat(first.of(READ_MEMBERS).count()).isEqualTo(1);
    assertThat(second.byOperation()).isEqualTo(LISTS);
  }

  @Test
  void whatWeChangedOurselvesIsNotReadOnceMore() {
    controller.reach(web);
    CLOCK.advance(SECOND);
    controller.reach(web.nodes(2));
    controller.audit();
    CLOCK.advance(SECOND);

    var look = during(() -> controller.audit());

    assertThat(look.byOperation()).isEqualTo(LISTS);
  }

  @Test
  void halfOfALookIsKeptForMembersThatMayHaveFailed() {
    var theirs = IntStream.range(0, 12).mapToObj(n -> Asked.service("theirs-" + n)).toList();
    var ours = IntStream.range(0, 12).mapToObj(n -> Asked.service("ours-" + n)).toList();
    ours.forEach(controller::reach);
    readInTheSecondOfAChangeOfSomebodyElse(theirs);
    ours.forEach(asked -> controller.reach(asked.nodes(4)));
    CLOCK.advance(SECOND);

    var looks = IntStream.range(0, 3).mapToObj(_ -> during(() -> controller.audit())).toList();

    assertThat(looks).map(look -> look.of(READ_MEMBERS).count()).isEqualTo(List.of(10, 2, 0));
    assertThat(looks).map(look -> look.of(TREE).count()).isEqualTo(List.of(10, 2, 0));
  }

  private void readInTheSecondOfAChangeOfSomebodyElse(List<Asked> services) {
    services.forEach(controller::reach);
    CLOCK.advance(SECOND);
    services.forEach(asked -> changeAlgorithm(pool(asked), "LEAST_CONNECTIONS"));
    controller.audit();
    services.forEach(asked -> controller.provider().observe(asked.key()));
  }

  private int networkLists() {
    return during(() -> controller.audit()).of("GET /v2.0/networks").count();
  }

  private String failingMember() {
    var member =
        sight.members(pool().path("id").asText()).stream()
            .filter(one -> one.path("name").asText().equals("node-1"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asText();
    cloud.octavia(octavia -> octavia.failPart(member));
    return member;
  }

  private JsonNode member(String id) {
    return sight.members(pool().path("id").asText()).stream()
        .filter(one -> one.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void changeAlgorithm(String algorithm) {
    changeAlgorithm(pool(), algorithm);
  }

  private void changeAlgorithm(JsonNode pool, String algorithm) {
    var _ =
        sight.put(
            Operation.UPDATE_POOL,
            "/lbaas/pools/" + pool.path("id").asText(),
            json("{'pool': {'lb_algorithm': '%s'}}", algorithm));
  }

  private JsonNode pool() {
    return pool(web);
  }

  private JsonNode pool(Asked asked) {
    return sight.pools(sight.balancer("_" + asked.key().name()).path("id").asText()).getFirst();
  }
}
