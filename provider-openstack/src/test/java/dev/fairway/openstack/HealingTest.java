// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairway.testkit.openstack.fault.Fault;
import dev.fairway.testkit.openstack.fault.FaultRule;
import dev.fairway.testkit.openstack.fault.When;
import dev.fairway.testkit.openstack.http.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What Octavia does not get done.
class HealingTest extends OnSimulator {
  private static final TestClock CLOCK = new TestClock();
  private static final String FAILOVER = "PUT /lbaas/loadbalancers/{id}/failover";
  private static final String POST = "POST /lbaas/loadbalancers";

  private final Asked web = Asked.service("web");

  HealingTest() {
    super(CLOCK);
  }

  @Test
  void oneThatFailsWhileItIsMadeIsMadeAnewBehindTheSameAddress() {
    cloud.octavia(octavia -> octavia.failNext(1));
    var _ = controller.pass(web.present());
    var broken = balancer();
    var address = sight.leadingTo(broken);
    assertThat(address).hasSize(1);
    controller.awaitNews(web);
    CLOCK.advance(Duration.ofSeconds(6));

    controller.reach(web);

    assertThat(id()).isNotEqualTo(id(broken));
    assertThat(sight.leadingTo(balancer())).isEqualTo(address);
    assertThat(sight.floatingIps()).hasSize(1);
  }

  @Test
  void oneThatBreaksLaterIsFailedOverWhereThatIsPermitted() {
    controller.reach(web);
    var before = id();
    breakIt();
    permitFailover(before);

    var calls = during(() -> controller.reach(web));

    assertThat(calls.of(FAILOVER).count()).isEqualTo(1);
    assertThat(calls.of(POST).count()).isZero();
    assertThat(id()).isEqualTo(before);
  }

  @Test
  void whatTheCloudDoesNotPermitIsAskedForOnce() {
    controller.reach(web);
    var address = sight.leadingTo(balancer());
    var before = id();
    breakIt();
    CLOCK.advance(Duration.ofMinutes(1));

    var calls = during(() -> controller.reach(web));

    assertThat(calls.of(FAILOVER).count()).isEqualTo(1);
    assertThat(calls.of(POST).count()).isEqualTo(1);
    assertThat(id()).isNotEqualTo(before);
    assertThat(sight.leadingTo(balancer())).isEqualTo(address);

    CLOCK.advance(Duration.ofMinutes(20));
    breakIt();
    assertThat(during(() -> controller.reach(web)).of(FAILOVER).count()).isZero();
  }

  @Test
  void oneIsMadeAnewThreeTimesAnHourAtMost() {
    controller.reach(web);

    var made =
        during(() -> {
          for (var n = 0; n < 60; n++) {
            if (sight.balancers().size() == 1
                && balancer().path("provisioning_status").asText().equals("ACTIVE")) {
              breakIt();
            }
            var _ = controller.pass(web.present());
            controller.audit();
            CLOCK.advance(Duration.ofSeconds(58));
          }
        });

    assertThat(made.of(POST).count()).isEqualTo(3);
    assertThat(controller.notes(web)).contains("LoadBalancerInError");
    assertThat(sight.floatingIps()).as("the address stays").hasSize(1);
  }

  @Test
  void aReplacementThatFailsIsMadeAsSeldomAsOneInError() {
    cloud.octavia(octavia -> octavia.zone("az-2"));
    controller.reach(web);
    var address = sight.leadingTo(balancer());
    CLOCK.advance(Duration.ofHours(2));
    var asked =
        web.theirs("availability-zone", "az-2")
            .with("fairway.dev/openstack-replace", "make-before-break");
    cloud.octavia(octavia -> octavia.failNext(1_000));

    var made =
        during(() -> {
          for (var n = 0; n < 60; n++) {
            var _ = controller.pass(asked.present());
            controller.audit();
            CLOCK.advance(Duration.ofSeconds(58));
          }
        });

    assertThat(made.of(POST).count()).isBetween(2, 4);
    assertThat(sight.floatingIps())
        .map(ip -> ip.path("floating_ip_address").asText())
        .isEqualTo(address);
  }

  @Test
  void anInternalOneIsMadeAnewAtTheSameAddressWhichItsServiceKeepsShowing() {
    var internal = web.internal();
    controller.reach(internal);
    var address = balancer().path("vip_address").asText();
    var before = id();
    var other =
        cloud.putBalancer(
            json("{'name': 'other', 'vip_subnet_id': '%s'}", cloud.seed().privateSubnet()));
    assertThat(other).isNotEqualTo(before);
    cloud.hold(before);
    breakIt();
    CLOCK.advance(Duration.ofMinutes(1));

    var shown = controller.provider().observe(web.key()).ingress();
    var _ = controller.pass(internal.known(address).present());
    var _ = controller.pass(internal.known(address).present());
    assertThat(balancer().path("provisioning_status").asText()).isEqualTo("PENDING_DELETE");
    assertThat(controller.provider().observe(web.key()).ingress())
        .as("while the broken one is being deleted")
        .isEqualTo(shown)
        .hasSize(1);
    cloud.release(before);
    controller.reach(internal.known(address));

    assertThat(id()).isNotEqualTo(before);
    assertThat(balancer().path("vip_address").asText()).isEqualTo(address);
  }

  @Test
  void oneThatIsStuckIsToldAndPolledAndNothingElse() {
    controller.reach(web);
    cloud.hold(id());
    var _ = controller.pass(web.theirs("lb-method", "SOURCE_IP").present());
    assertThat(controller.notes(web)).doesNotContain("StuckInOctavia");
    CLOCK.advance(Duration.ofMinutes(16));

    var calls = during(() -> controller.pass(web.nodes(5).present()));

    assertThat(controller.notes(web.nodes(5))).contains("StuckInOctavia");
    assertThat(calls.writes().count()).isZero();
    cloud.release(id());
    controller.audit();
    controller.reach(web.nodes(5));
    assertThat(controller.notes(web.nodes(5))).isEmpty();
  }

  @Test
  void aPartThatIsStuckIsToldAndLookedAtEverMoreSlowly() {
    cloud.octavia(octavia -> octavia.lag(Duration.ofHours(2)));
    var asked = web.theirs("provider", "ovn");
    var _ = controller.pass(asked.present());
    controller.awaitNews(asked);

    assertThat(controller.notes(asked)).doesNotContain("StuckInOctavia");
    assertThat(pause(asked)).isEqualTo(Duration.ofSeconds(1));
    CLOCK.advance(Duration.ofSeconds(50));
    assertThat(pause(asked)).isEqualTo(Duration.ofSeconds(10));
    CLOCK.advance(Duration.ofMinutes(16));

    assertThat(pause(asked)).isEqualTo(Duration.ofSeconds(30));
    assertThat(controller.notes(asked)).containsOnlyOnce("StuckInOctavia");
    assertThat(sight.leadingTo(balancer())).isEmpty();
    CLOCK.advance(Duration.ofHours(2));
    controller.reach(asked);
    assertThat(controller.notes(asked)).isEmpty();
    assertThat(sight.leadingTo(balancer())).hasSize(1);
  }

  private Duration pause(Asked asked) {
    return controller.planned(asked.present()).await().orElseThrow().after();
  }

  @Test
  void aPartThatIsInErrorIsWrittenOnceMore() {
    controller.reach(web);
    var pool = sight.pools(id()).getFirst().path("id").asText();
    cloud.octavia(octavia -> octavia.childStatus(pool, "ERROR", "ERROR"));
    controller.restart();

    var calls = during(() -> controller.reach(web));

    assertThat(calls.of("PUT /lbaas/pools/{id}").count()).isEqualTo(1);
    assertThat(calls.writes().count()).isEqualTo(1);
  }

  @Test
  void aPartThatFailedWithOurOwnChangeIsWrittenOnceMoreAfterTheNextLook() {
    controller.reach(web);
    controller.audit();
    var pool = sight.pools(id()).getFirst().path("id").asText();
    cloud.octavia(octavia -> octavia.failPart(pool));
    controller.reach(web.sticky(Duration.ofHours(1)));
    controller.audit();
    assertThat(sight.pools(id()).getFirst().path("provisioning_status").asText())
        .isEqualTo("ERROR");

    var look = during(() -> controller.audit());
    var calls = during(() -> controller.reach(web.sticky(Duration.ofHours(1))));

    assertThat(calls.writes().byOperation()).isEqualTo(Map.of("PUT /v2.0/lbaas/pools/{id}", 1));
    assertThat(sight.pools(id()).getFirst().path("provisioning_status").asText())
        .isEqualTo("ACTIVE");
    assertThat(look.of("GET /lbaas/pools").count()).isLessThanOrEqualTo(1);
  }

  @Test
  void aPoolInErrorIsWrittenBeforeItsMembersWhichOctaviaRefusesUntilThen() {
    controller.reach(web);
    controller.audit();
    var pool = sight.pools(id()).getFirst().path("id").asText();
    cloud.octavia(octavia -> octavia.childStatus(pool, "ERROR", "ERROR"));
    controller.restart();

    controller.reach(web.nodes(4));

    assertThat(sight.members(pool)).hasSize(4);
  }

  @Test
  void oneThatVanishedIsMadeAnewBehindTheSameAddress() {
    controller.reach(web);
    var address = sight.leadingTo(balancer());
    vanish(id());
    controller.audit();

    controller.reach(web);

    assertThat(sight.leadingTo(balancer())).isEqualTo(address);
    assertThat(sight.floatingIps()).hasSize(1);
  }

  @Test
  void whenOneVanishedBeforeItsServiceIsDeletedTheFloatingIpGoesToo() {
    controller.reach(web);
    vanish(id());
    controller.restart();
    assertThat(controller.audit()).singleElement().matches(seen -> seen.exists());

    controller.remove(web);

    assertThat(sight.floatingIps()).isEmpty();
  }

  @Test
  void oneThatIsStillBeingMadeIsDeletedWhenThatIsDone() {
    cloud.delay(Duration.ofSeconds(30));
    var _ = controller.pass(web.present());
    var steps = controller.pass(web.absent());
    assertThat(steps).noneMatch(step -> step.startsWith("delete load balancer"));
    cloud.delay(Duration.ZERO);
    CLOCK.advance(Duration.ofMinutes(1));

    controller.remove(web);

    assertThat(sight.picture()).isEmpty();
  }

  @Test
  void oneInErrorThatIsSomebodyElsesIsLeftAlone() {
    var edge =
        cloud.putBalancer(
            json("{'name': 'edge', 'vip_subnet_id': '%s'}", cloud.seed().privateSubnet()));
    cloud.setStatus(edge, "ERROR", "ERROR");
    var asked = web.with("fairway.dev/openstack-load-balancer", "edge");

    var calls = during(() -> controller.reach(asked));

    assertThat(calls.writes().count()).isZero();
    assertThat(controller.notes(asked)).contains("LoadBalancerInError");
  }

  @Test
  void ofTwoTheOneThatClientsKnowStays() {
    controller.reach(web);
    var known = id();
    var _ =
        cloud.putBalancer(
            json(
                "{'name': 'kube_service_kubernetes_tests_web', 'vip_subnet_id': '%s', 'tags':"
                    + " ['fairway-cluster=conformance', 'fairway-service=tests/web']}",
                cloud.seed().privateSubnet()));
    controller.restart();
    controller.audit();

    controller.reach(web);

    assertThat(id()).isEqualTo(known);
    assertThat(sight.leadingTo(balancer())).hasSize(1);
  }

  private void breakIt() {
    cloud.setStatus(id(), "ERROR", "ERROR");
    controller.audit();
  }

  // The simulator permits it to operators only, as Octavia does.
  private void permitFailover(String balancer) {
    FaultRule accepted =
        FaultRule.on(
            When.operation(FAILOVER),
            _ -> {
              cloud.setStatus(balancer, "ACTIVE", "ONLINE");
              return new Fault.Refuse(Answer.json(202, json("{}")));
            });
    world.proxy.faults().add(accepted);
  }

  private void vanish(String balancer) {
    cloud.octavia(octavia -> octavia.vanish(balancer));
  }

  private JsonNode balancer() {
    return sight.balancer("_web");
  }

  private String id() {
    return id(balancer());
  }

  private static String id(JsonNode balancer) {
    return balancer.path("id").asText();
  }
}
